import type { Signal } from '../../Signal.js'
import { letGo, UNTIMED, type Batch } from './Batch.js'
import { createTournament, type Tournament } from './tournament.js'
import type { TakeBatch, WaitingBatch } from './WaitingBatch.js'

/** So many signals make a batch. */
const BATCH = 128

/** After every time: the file has ended. */
const ENDED = Infinity

/** A batch that is not full yet. */
interface Open extends Batch {
  readonly times: number[]
  readonly of: number[]
}

/** Where the reading of one file is. */
interface Head {
  readonly reader: AsyncIterator<TakeBatch>
  take: TakeBatch
  batch: WaitingBatch
  at: number
  /** The latest time so far: what goes back within its file stays behind what came before it. */
  time: number
}

const nothing = () => undefined

/** When the next signal happened; undefined where there is none. */
const timeOf = ({ batch, at }: Head): number | undefined =>
  batch.frames === undefined ? batch.times[at] : batch.frames.time(at)

const signalOf = ({ batch, at }: Head): Signal | undefined =>
  batch.frames === undefined ? batch.signals[at] : batch.frames.frame(at)

/** Goes to the next signal of the batch, if there is one. */
const step = (head: Head): boolean => {
  head.at += 1
  const time = timeOf(head)
  if (time === undefined) return false
  if (time > head.time) head.time = time
  return true
}

/** Goes to the first signal of the batches at hand, if there is one. */
const refill = (head: Head): boolean => {
  letGo(head.batch)
  for (let next = head.take(); next !== undefined; next = head.take()) {
    head.batch = next
    head.at = -1
    if (step(head)) return true
  }
  return false
}

/** Goes to the next signal when it was read, or to the end of the file. */
const read = async (head: Head): Promise<void> => {
  for (let next = await head.reader.next(); next.done !== true; next = await head.reader.next()) {
    head.take = next.value
    if (refill(head)) return
  }
  head.time = ENDED
}

/** Moves what comes first to the batch, until that is full, or what comes next is of another kind or was not read yet. */
const move = (heads: readonly Head[], files: Tournament, { signals, times, of, kind }: Open): void => {
  for (let order = files.first(); times.length < BATCH; order = files.first()) {
    const head = heads[order]
    if (head === undefined || head.batch.kind !== kind) return
    const time = timeOf(head)
    const signal = signalOf(head)
    if (time === undefined || signal === undefined) return
    signals.push(signal)
    times.push(time)
    of.push(order)
    if (!step(head) && !refill(head)) return
    files.play(order, head.time)
  }
}

/** All files at once, by time; equal times in the order of the files. Memory holds one chunk of each. */
export async function* mergedByTime(readers: readonly AsyncGenerator<TakeBatch, void>[]): AsyncGenerator<Batch, void> {
  let open: Open = { signals: [], times: [], of: [], kind: undefined }
  try {
    const heads = readers.map((reader): Head => ({
      reader,
      take: nothing,
      batch: { signals: [], times: [] },
      at: 0,
      time: UNTIMED,
    }))
    await Promise.all(heads.map(read))
    const files = createTournament(heads.map(({ time }) => time))
    for (let head = heads[files.first()]; head !== undefined && head.time !== ENDED; head = heads[files.first()]) {
      const { kind } = head.batch
      if (timeOf(head) === undefined) {
        await read(head)
        files.play(files.first(), head.time)
        continue
      }
      if (open.times.length === BATCH || open.kind !== kind) {
        if (open.times.length > 0) yield open
        open = { signals: [], times: [], of: [], kind }
      }
      move(heads, files, open)
    }
    yield open
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)))
  }
}
