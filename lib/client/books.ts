import { defer, map, merge, Observable, ReplaySubject, share, switchMap, takeUntil } from 'rxjs'
import type { DepthSnapshot } from '../events/DepthSnapshot.js'
import type { DepthUpdate } from '../events/DepthUpdate.js'
import type { BookState } from '../operators/BookState.js'
import { syncDepth } from '../operators/syncDepth.js'
import type { Reply } from '../Signal.js'
import type { Parsed } from '../parser/reader.js'
import type { OnProgress } from '../timing/RequestProgress.js'
import { wait } from '../timing/wait.js'
import { fill, payloadSymbol } from '../venues/grammar.js'
import type { Venue } from '../venues/Venue.js'
import type { Client } from './Client.js'
import type { BooksConfig } from './BooksConfig.js'
import { recordedDepth } from './recordedDepth.js'

/** The order books of a client. */
export interface Books extends Pick<Client<Venue>, 'snapshot' | 'book' | 'heldBooks'> {
  /** Whether somebody listens to the book of a symbol, without one to any. */
  readonly isHeld: (symbol?: string) => boolean
  /** The stream of a recording that a book is made of, as far as it is known. */
  readonly streamOf: (symbol: string) => string | undefined
  /** It is made of this one, which was not played yet. */
  readonly learn: (symbol: string, stream: string) => void
}

/** Before anything is known of a book. */
const waiting: BookState = { _tag: 'Syncing', reason: 'waiting for the stream', attempt: 1 }

export const createBooks = (config: BooksConfig): Books => {
  const { venue, dispatcher, stream, ask, isReplay, linger, scheduler, sync, ended$ } = config
  const recorded = recordedDepth(config)
  const books = new Map<string, Observable<BookState>>()
  /** The books that somebody listens to, and how each of them is. */
  const held = new Map<string, () => BookState>()

  const payloadSymbolOf = (symbol: string): string => {
    const { bookStream } = bookRow(venue)
    fill(bookStream, { symbol }) // F80
    return payloadSymbol(bookStream, symbol)
  }

  const snapshotOf = (symbol: string, onProgress?: OnProgress): Observable<DepthSnapshot> => {
    const name = payloadSymbolOf(symbol)
    return ask === undefined
      ? recorded.snapshotOf(name, onProgress)
      : ask(name, onProgress).pipe(
          map((reply) => snapshotIn(dispatcher.dispatch(reply))),
          takeUntil(ended$), // F46
        )
  }
  // What waits for a snapshot waits in the time in which it comes.
  const snapshot = Object.assign(snapshotOf, { scheduler })

  const create = (symbol: string): Observable<BookState> => {
    const { depthRule: rule, bookStream } = bookRow(venue)
    const live = fill(bookStream, { symbol })
    const name = payloadSymbol(bookStream, symbol)
    const bookChanged = (state: BookState | undefined) => {
      for (const watcher of dispatcher.watchers.all) watcher.bookChanged(name, state)
    }
    const synced = (name: string) => {
      const ofStream = dispatcher.stream(name)
      // What a recording holds comes when it comes.
      const patience = isReplay && {
        timeout: Infinity,
        available: recorded.available(symbol), // F65
      }
      return (stream(name) as Observable<DepthUpdate>).pipe(
        syncDepth({
          ...{ rule, snapshot, scheduler, symbol, ...patience, ...sync },
          acknowledged: dispatcher.acknowledged(name), // F51
          reset: dispatcher.lost(name), // F05
          silent: dispatcher.silent(name), // F52
          receivedAt: () => ofStream.receivedAt,
        }),
      )
    }
    const replayed = () => {
      const name$ = recorded.streamOf(symbol)
      return merge(name$.pipe(switchMap(synced)), recorded.absence(symbol, name$))
    }
    const source$ = defer(isReplay ? replayed : () => synced(live))
    const state$ = new Observable<BookState>((subscriber) => {
      let last: BookState = waiting
      const say = (state: BookState) => {
        const isChanged = state._tag !== last._tag || state._tag === 'Syncing'
        last = state
        if (isChanged) bookChanged(state)
        subscriber.next(state)
      }
      held.set(symbol, () => last)
      subscriber.add(() => {
        held.delete(symbol)
        bookChanged(undefined)
      })
      say(waiting) // F51
      if (subscriber.closed) return
      const [error, complete] = [(reason: unknown) => subscriber.error(reason), () => subscriber.complete()]
      subscriber.add(source$.subscribe({ next: say, error, complete }))
    })
    return state$.pipe(
      share({
        connector: () => new ReplaySubject(1),
        // The end of all is the end of a book, too, and leaves nothing to wait for.
        resetOnRefCountZero: linger === 0 ? true : () => merge(ended$, wait(linger, scheduler)),
      }),
    )
  }

  const book = (symbol: string): Observable<BookState> => {
    const name = payloadSymbolOf(symbol)
    const known = books.get(name) ?? create(name)
    books.set(name, known)
    return known
  }

  /** What REST would answer, at any moment. */
  const heldBooks = (): readonly Reply[] =>
    [...held].flatMap(([symbol, stateOf]): readonly Reply[] => {
      const state = stateOf()
      if (state._tag === 'Syncing') return []
      const text = JSON.stringify(venue.depthSnapshot?.encode({ ...state.book.toSnapshot(), symbol: undefined }))
      return [{ _tag: 'Reply', symbol, text, receivedAt: scheduler.now() }]
    })

  return {
    snapshot,
    book,
    heldBooks,
    isHeld: (symbol) => (symbol === undefined ? held.size > 0 : held.has(symbol)),
    streamOf: recorded.knownStream,
    learn: recorded.learn,
  }
}

/** @throws TypeError for a venue without order books. */
const bookRow = ({ name, depthRule, bookStream }: Venue) => {
  if (depthRule === undefined || bookStream === undefined) throw new TypeError(`${name} has no order books`)
  return { depthRule, bookStream }
}

const snapshotIn = (parsed: Parsed | undefined): DepthSnapshot => {
  if (parsed?._tag === 'Right' && 'kind' in parsed.right && parsed.right.kind === 'depthSnapshot')
    return parsed.right.event as DepthSnapshot
  const reason = parsed?._tag === 'Left' && 'reason' in parsed.left ? parsed.left.reason : 'no depth snapshot'
  throw new Error(`Expected a depth snapshot, came ${reason}`)
}
