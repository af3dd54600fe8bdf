import { isRight } from 'fp-ts/lib/Either.js'
import { Subscription } from 'rxjs'
import type { Client } from '../../client/Client.js'
import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Venue } from '../../venues/Venue.js'
import type { ServerContext } from '../host/ServerContext.js'
import { depthSnapshots } from '../host/depthSnapshots.js'
import { parsedJson } from '../venues/parsedJson.js'
import type { RestAnswer, RestRequest } from '../venues/RestMessage.js'

/** What a session answers requests for order books from. */
export interface RelayBooks {
  /** A snapshot came among the signals. `carriers` connections have the updates that follow it. */
  readonly snapshot: (symbol: string, text: string, carriers: number) => void
  /** An update of the symbol comes, and is sent to so many connections. */
  readonly update: (symbol: string, carriers: number) => void
  /** `undefined` while the symbol has no book. */
  readonly answer: (request: RestRequest) => RestAnswer | undefined
  readonly stop: () => void
}

/** A snapshot as it was recorded, which as many may still have as got all updates since. */
interface Recorded {
  readonly text: string
  readonly left: number
}

const cut = (snapshot: DepthSnapshot, limit: number): DepthSnapshot => ({
  ...snapshot,
  bids: [...snapshot.bids].slice(0, limit),
  asks: [...snapshot.asks].slice(0, limit),
})

/**
 * The order books of a session. Who carries a stream of updates since its snapshot came is answered by that one, to the
 * letter, so that the book is whole from its first update on, however far the session is meanwhile; everybody else by the
 * book as it is.
 */
export const relayBooks = (
  context: Pick<ServerContext, 'venue' | 'behaviour'>,
  client: Pick<Client<Venue>, 'book' | 'heldBooks'>,
): RelayBooks => {
  const { venue } = context
  const followed = new Set<string>()
  const following = new Subscription()
  const recorded = new Map<string, Recorded>()

  const decoded = (text: string): DepthSnapshot | undefined => {
    const result = venue.depthSnapshot?.decode(parsedJson(text)?.value)
    // The codec of snapshots is the only one that a venue may have there.
    return result !== undefined && isRight(result) ? (result.right as DepthSnapshot) : undefined
  }
  const follow = (symbol: string) => {
    if (followed.has(symbol)) return
    followed.add(symbol)
    following.add(client.book(symbol).subscribe({ error: () => undefined }))
  }

  /** Of the request that is answered: the text that stands as it is, and whether its symbol has no book. */
  const looked = { exact: '', isMissing: false }
  const snapshots = depthSnapshots(context, [], (symbol, limit) => {
    const kept = recorded.get(symbol)
    const text = kept?.text ?? client.heldBooks().find((book) => book.symbol === symbol)?.text
    const whole = text === undefined ? undefined : decoded(text)
    looked.isMissing = whole === undefined
    if (text === undefined || whole === undefined) return undefined
    if (kept !== undefined && Math.max(whole.bids.length, whole.asks.length) <= limit) looked.exact = text
    if (kept !== undefined && kept.left > 1) recorded.set(symbol, { text, left: kept.left - 1 })
    else recorded.delete(symbol)
    return cut(whole, limit)
  })

  return {
    snapshot: (symbol, text, carriers) => {
      follow(symbol)
      recorded.set(symbol, { text, left: Math.max(1, carriers) })
    },
    update: (symbol, carriers) => {
      follow(symbol)
      if (carriers === 0) recorded.delete(symbol)
    },
    answer: (request) => {
      Object.assign(looked, { exact: '', isMissing: false })
      const answer = snapshots.answer(request)
      if (looked.isMissing) return undefined
      return looked.exact === '' ? answer : { ...answer, body: looked.exact }
    },
    stop: () => following.unsubscribe(),
  }
}
