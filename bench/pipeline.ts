import { playing } from './clients.js'
import { onlyOf, type Recording } from './recordings.js'
import { rounds, type Spent, type Task } from './rounds.js'
import type { Table } from './table.js'

/** `JSON.parse` alone over the same texts: the yardstick. */
export const yardstick =
  ({ texts }: Pick<Recording, 'texts'>): Task =>
  () =>
  () => {
    let seen = 0
    for (const text of texts) if (JSON.parse(text) !== null) seen++
    if (seen !== texts.length) throw new Error('the recording holds texts that are not JSON')
  }

/** The library over the frames of a recording, everything listened to. */
export const pipelineTask =
  (recording: Recording, withBook: boolean): Task =>
  () => {
    const play = playing(recording, withBook)
    return () => void play()
  }

const bytesPerFrame = ({ texts }: Pick<Recording, 'texts'>): number =>
  texts.reduce((sum, text) => sum + text.length, 0) / texts.length

const nanoseconds = ({ cpu }: Spent, { texts }: Recording) => (cpu * 1e6) / texts.length

/** What a frame costs, from its text to every listener, and with the synced book. */
export const pipeline = async (all: readonly Recording[], count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const recording of all) {
    const [json, dispatched, booked] = await rounds(
      count,
      yardstick(recording),
      pipelineTask(recording, false),
      pipelineTask(recording, true),
    )
    if (json === undefined || dispatched === undefined || booked === undefined) continue
    table[recording.name] = {
      frames: recording.texts.length,
      'bytes/frame': bytesPerFrame(recording),
      'JSON.parse, ns': nanoseconds(json, recording),
      'parse and dispatch, ns': nanoseconds(dispatched, recording),
      'with book, ns': nanoseconds(booked, recording),
      'parse and dispatch, ×': dispatched.ratio,
      'with book, ×': booked.ratio,
    }
  }
  return table
}

/** Small frames beside large ones. */
export const frameSizes = async (all: readonly Recording[], count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const recording of all)
    for (const suffix of ['trade', 'bookTicker', 'depth']) {
      const some = onlyOf(recording, suffix)
      if (some === undefined) continue
      const [json, dispatched] = await rounds(count, yardstick(some), pipelineTask(some, false))
      if (json === undefined || dispatched === undefined) continue
      table[some.name] = {
        'bytes/frame': bytesPerFrame(some),
        'JSON.parse, ns': nanoseconds(json, some),
        'parse and dispatch, ns': nanoseconds(dispatched, some),
        '×': dispatched.ratio,
      }
    }
  return table
}
