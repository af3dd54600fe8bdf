import type { Signal } from '../../Signal.js'
import { UNTIMED, type Batch } from './Batch.js'

/** So many signals make a batch. */
const BATCH = 128

/** A batch that is not full yet. */
interface Open extends Batch {
  readonly signals: Signal[]
  readonly times: number[]
  readonly of: number[]
}

/** Where the reading of one file is. */
interface Head {
  readonly order: number
  readonly reader: AsyncIterator<Batch>
  batch: Batch
  at: number
  /** The latest time so far: what goes back within its file stays behind what came before it. */
  time: number
}

const isFirst = (a: Head, b: Head) => a.time < b.time || (a.time === b.time && a.order < b.order)

/** Lets the first head sink to its place: each is before its children, those at `2i + 1` and `2i + 2`. */
const sink = (heads: Head[]): void => {
  const head = heads[0]
  if (head === undefined) return
  let at = 0
  for (let child = 1; child < heads.length; child = 2 * at + 1) {
    const left = heads[child]
    const right = heads[child + 1]
    if (left === undefined) break
    const first = right !== undefined && isFirst(right, left) ? right : left
    if (isFirst(head, first)) break
    heads[at] = first
    at = first === left ? child : child + 1
  }
  heads[at] = head
}

/** Goes to the next signal of the batch, if there is one. */
const step = (head: Head): boolean => {
  head.at += 1
  head.time = Math.max(head.time, head.batch.times[head.at] ?? UNTIMED)
  return head.at < head.batch.times.length
}

/** Goes to the first signal of the next batch that has one; false at the end of the file. */
const refill = async (head: Head): Promise<boolean> => {
  for (let next = await head.reader.next(); next.done !== true; next = await head.reader.next()) {
    head.batch = next.value
    head.at = -1
    if (step(head)) return true
  }
  return false
}

/** Moves what comes first to the batch, until that is full, or what comes next is of another kind or was not read yet. */
const move = (heads: Head[], { signals, times, of, kind }: Open): void => {
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    if (head.batch.kind !== kind || times.length === BATCH) return
    const signal = head.batch.signals[head.at]
    if (signal !== undefined) signals.push(signal)
    times.push(head.batch.times[head.at] ?? UNTIMED)
    of.push(head.order)
    if (!step(head)) return
    sink(heads)
  }
}

/** All files at once, by time; equal times in the order of the files. Memory holds one chunk of each. */
export async function* mergedByTime(readers: readonly AsyncGenerator<Batch, void>[]): AsyncGenerator<Batch, void> {
  const empty: Batch = { signals: [], times: [] }
  let open: Open = { signals: [], times: [], of: [], kind: undefined }
  try {
    const all = readers.map((reader, order): Head => ({ order, reader, batch: empty, at: 0, time: UNTIMED }))
    const alive = await Promise.all(all.map(refill))
    const heads = all.filter((_, order) => alive[order]).sort((a, b) => (isFirst(a, b) ? -1 : 1))
    for (let head = heads[0]; head !== undefined; head = heads[0]) {
      const { kind, times } = head.batch
      if (head.at === times.length) {
        if (!(await refill(head))) {
          const last = heads.pop()
          if (last !== undefined && heads.length > 0) heads[0] = last
        }
        sink(heads)
        continue
      }
      if (open.times.length === BATCH || open.kind !== kind) {
        if (open.times.length > 0) yield open
        open = { signals: [], times: [], of: [], kind }
      }
      move(heads, open)
    }
    yield open
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)))
  }
}
