import type { AnyCodec } from '../codecs/Codec.js'
import type { WireField } from '../codecs/WireField.js'
import { matcher, type Found } from '../venues/grammar.js'
import type { StreamRow, Venue } from '../venues/Venue.js'

/** Where the payload of a stream goes. */
export interface Route {
  readonly kind: string
  readonly stream: string
  readonly event: AnyCodec
  /** The symbol in the stream's name, as payloads write it; absent where the name has none. */
  readonly symbol?: string
  /** The payload leaves out its symbol: the stream's name supplies it. */
  readonly supplies: boolean
  /** It carries the events of an account, whose `e` says which. */
  readonly isAccount: boolean
}

/** Finds the row of a stream name; `undefined` where the venue has no such stream. */
export type Router = (name: string) => Route | undefined

/** More names than any venue's connections carry: what is remembered stays bounded. */
export const REMEMBERED = 20_000

/** One anchored matcher a row, account events that are asked for by name among them, and each name remembered after its first look-up. */
export const router = (venue: Venue): Router => {
  const ofMarket = Object.entries(venue.streams).map(([kind, row]) => ({ kind, row, isAccount: false }))
  const ofAccount = Object.values(venue.account).flatMap(({ kind, event, stream: name }) =>
    name === undefined ? [] : [{ kind, row: { name, event }, isAccount: true }],
  )
  const rows = [...ofMarket, ...ofAccount].map((each) => ({ ...each, match: matcher(each.row.name) }))
  const remembered = new Map<string, Route | undefined>()
  const find = (stream: string): Route | undefined => {
    for (const { kind, row, isAccount, match } of rows) {
      const found = match(stream)
      if (found !== undefined)
        return { kind, stream, event: row.event, supplies: lacksSymbol(row), isAccount, ...symbolOf(found) }
    }
    return undefined
  }
  return (name) => {
    const known = remembered.get(name)
    if (known !== undefined || remembered.has(name)) return known
    if (remembered.size >= REMEMBERED) remembered.clear()
    const route = find(name)
    remembered.set(name, route)
    return route
  }
}

const symbolOf = (found: Found) => (found['symbol'] === undefined ? {} : { symbol: found['symbol'].toUpperCase() })

const lacksSymbol = ({ event }: StreamRow): boolean =>
  'fields' in event && Array.isArray(event.fields) && event.fields.some(({ supplied }: WireField) => supplied)
