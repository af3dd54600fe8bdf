import { createClient, type Communicator, type Signal } from 'aster-rx'
import { asyncScheduler, from, type Observable } from 'rxjs'
import type { Recording } from './recordings.js'

/** A communicator whose signals are at hand: what is measured is what comes behind it. */
export const atHand = (signal$: Observable<Signal>): Communicator =>
  Object.assign(() => signal$, { scheduler: asyncScheduler })

/** What a client was heard to say. */
export interface Heard {
  events: number
  /** Changes of the synced book, after each of which its best bid and ask were read. */
  tops: number
}

/** A client of the signals with a listener for every kind they have, and for the book where that is asked for. */
export const everyKind = (venue: Recording['venue'], signal$: Observable<Signal>, withBook: boolean) => {
  const client = createClient<typeof venue>({ venue, communicator: atHand(signal$) })
  const heard: Heard = { events: 0, tops: 0 }
  const count = () => {
    heard.events += 1
  }
  client.trade$.subscribe(count)
  client.aggTrade$.subscribe(count)
  client.bookTicker$.subscribe(count)
  client.depth$.subscribe(count)
  client.depthSnapshot$.subscribe(count)
  // Who listens here is not told of listeners whose kinds do not come.
  client.status$.subscribe()
  if (withBook)
    client.book('BTCUSDT').subscribe((state) => {
      if (state._tag === 'Synced' && state.book.bestBid !== undefined && state.book.bestAsk !== undefined)
        heard.tops += 1
    })
  return { client, heard }
}

/** Plays a recording to such a client, all of it in `play`, and says what it heard. */
export const playing = ({ venue, frames }: Recording, withBook: boolean) => {
  const { client, heard } = everyKind(venue, from(frames), withBook)
  return (): Heard => {
    client.connect()
    if (heard.events !== frames.length) throw new Error(`${heard.events} events of ${frames.length} frames`)
    if (withBook && heard.tops === 0) throw new Error('the book never synced')
    return heard
  }
}
