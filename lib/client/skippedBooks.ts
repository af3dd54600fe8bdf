import { NEVER, Subscription, take } from 'rxjs'
import { streamReader } from '../codecs/streamReader.js'
import type { Skipped } from '../communicators/Communicator.js'
import type { Reply, Signal } from '../Signal.js'
import { createVenueClock } from '../timing/venueClock.js'
import { createBooks } from './books.js'
import type { BooksConfig } from './BooksConfig.js'
import { listenTo } from './channel.js'
import { createDispatcher } from './dispatcher.js'

/** What is made of what a replay skips. */
export interface SkippedBooksConfig extends Pick<BooksConfig, 'venue' | 'route' | 'sync'> {
  readonly skipped: Skipped
  /** Whether somebody will want the book of a symbol that this stream carries. */
  readonly isNeeded: (symbol: string, stream: string) => boolean
  /** The recording has come to where it is played from: the book of a symbol there, and the stream that it is made of. */
  readonly held: (book: Reply, stream: string) => void
}

/** Keeps the books of what is skipped as a client does that nobody listens to. */
export const skippedBooks = (config: SkippedBooksConfig): Subscription => {
  const { venue, route, sync, skipped, isNeeded, held } = config
  const { signal$, over$, scheduler } = skipped
  const now = () => scheduler.now()
  const dispatcher = createDispatcher(venue, now, createVenueClock(now), () => undefined)
  const stream = (name: string) => listenTo(dispatcher.stream(name))
  const books = createBooks({
    ...{ venue, route, dispatcher, stream, sync, scheduler },
    ...{ ask: undefined, isReplay: true, linger: 0, ended$: NEVER },
  })
  const { nameOf: streamOf } = streamReader(venue.envelope)
  const all = new Subscription()

  /** Most frames of a recording are none of a book, which their first characters tell. */
  const isOfBook = (signal: Signal): boolean => {
    const name = signal._tag === 'Frame' ? streamOf(signal.text) : undefined
    return name === undefined || route(name)?.kind === 'depth'
  }
  const keep = (name: string) => {
    const { kind, symbol } = route(name) ?? {}
    if (kind !== 'depth' || symbol === undefined) return
    if (isNeeded(symbol, name)) all.add(books.book(symbol).subscribe({ error: () => undefined }))
  }
  all.add(dispatcher.discovered$.subscribe(keep))
  all.add(signal$.subscribe((signal) => isOfBook(signal) && dispatcher.dispatch(signal)))
  all.add(
    over$.pipe(take(1)).subscribe(() => {
      const replies = books.heldBooks()
      all.unsubscribe()
      for (const reply of replies) held(reply, books.streamOf(reply.symbol) ?? '')
    }),
  )
  return all
}
