import { createClient, type Communicator } from 'aster-rx'
import { asyncScheduler, from } from 'rxjs'
import type { Recording } from './recording.js'
import { rounds, type Task } from './rounds.js'

/** A communicator that has everything at hand: what is measured is what comes behind it. */
const atHand = ({ frames }: Recording): Communicator => Object.assign(() => from(frames), { scheduler: asyncScheduler })

const newClient = (recording: Recording) =>
  createClient<typeof recording.venue>({ venue: recording.venue, communicator: atHand(recording) })

/** `JSON.parse` alone over the same texts: the yardstick. */
const yardstick =
  ({ texts }: Recording): Task =>
  () =>
  () => {
    let seen = 0
    for (const text of texts) if (JSON.parse(text) !== null) seen++
    if (seen !== texts.length) throw new Error('the recording holds texts that are not JSON')
  }

const everyKind =
  (recording: Recording, withBook: boolean): Task =>
  () => {
    const client = newClient(recording)
    let events = 0
    let synced = 0
    for (const kind of [...Object.keys(recording.venue.streams), 'depthSnapshot'])
      client[`${kind}$` as 'trade$'].subscribe(() => events++)
    if (withBook)
      client.book('BTCUSDT').subscribe((state) => {
        if (state._tag === 'Synced' && state.book.bestBid !== undefined && state.book.bestAsk !== undefined) synced++
      })
    return () => {
      client.connect()
      if (events !== recording.frames.length) throw new Error(`${events} events of ${recording.frames.length} frames`)
      if (withBook && synced === 0) throw new Error('the book never synced')
    }
  }

const twoStreams =
  (recording: Recording, others: number): Task =>
  () => {
    const client = newClient(recording)
    let events = 0
    for (const name of ['btcusdt@trade', 'btcusdt@bookTicker'] as const) client.stream(name).subscribe(() => events++)
    for (let i = 0; i < others; i++) client.stream('trade', { symbol: `other${i}usdt` }).subscribe(() => events++)
    return () => {
      client.connect()
      if (events === 0) throw new Error('no events')
    }
  }

/** Ratios to `JSON.parse` alone over the same texts. */
export const pipeline = (recording: Recording, count: number) => {
  const [json = NaN, parsed = NaN, booked = NaN, few = NaN, many = NaN] = rounds(
    count,
    yardstick(recording),
    everyKind(recording, false),
    everyKind(recording, true),
    twoStreams(recording, 0),
    twoStreams(recording, 999),
  )
  return {
    frames: recording.frames.length,
    'JSON.parse ms': json,
    'parse, validate, dispatch': parsed / json,
    'the same with the synced book': booked / json,
    '999 more stream names': many / few,
  }
}
