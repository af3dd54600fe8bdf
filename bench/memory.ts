import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, told } from './programs.js'
import type { Recording } from './recordings.js'
import type { Table } from './table.js'

const MIB = 2 ** 20

const measure = <A>(args: readonly (string | number)[], flags: readonly string[] = []): Promise<A> =>
  told(start('memoryOf', args.map(String), flags))

/** Holds all that a recording makes the library allocate. */
const ROOMY = ['--min-semi-space-size=1024', '--max-semi-space-size=1024']

/** What a frame leaves to the collector, and how long that keeps the program waiting. */
export const garbage = async (all: readonly Recording[]): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const { name } of all)
    table[name] = {
      'parse and dispatch, bytes/frame': await measure<number>(['allocated', name, 'none'], ROOMY),
      'with book, bytes/frame': await measure<number>(['allocated', name, 'book'], ROOMY),
      'parse and dispatch, % of time': 100 * (await measure<number>(['collecting', name, 'none'])),
      'with book, % of time': 100 * (await measure<number>(['collecting', name, 'book'])),
    }
  return table
}

/** What books hold, and whether a client that goes on and on holds more and more. */
export const held = async ({ name }: Recording): Promise<Table> => {
  const one = await measure<number>(['books', 1, 100_000])
  const many = await measure<number>(['books', 1_000, 1_000])
  const [early = NaN, late = NaN] = await measure<readonly number[]>(['repeated', name, 10, 100])
  return {
    'a book of 100,000 levels a side, bytes/level': { '': one / 200_000 },
    '1,000 books of 1,000 levels a side, MiB': { '': many / MIB },
    [`the heap after 10 times ${name}, MiB`]: { '': early / MIB },
    [`the heap after 100 times ${name}, MiB`]: { '': late / MIB },
  }
}

/** Writes a recording of at least so many bytes, with a time of its own for each frame. */
const writeLong = (path: string, texts: readonly string[], bytes: number): void => {
  const handle = openSync(path, 'w')
  let time = 1_700_000_000_000
  for (let written = 0; written < bytes;)
    written += writeSync(handle, texts.map((text) => `${time++} ${text}\n`).join(''))
  closeSync(handle)
}

/** What is resident at most while a file is replayed, by its size. */
export const residence = async ({ texts, venue }: Recording): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const table: Record<string, Table[string]> = { 'no file': { 'peak, MiB': await measure<number>(['resident']) } }
  try {
    for (const size of [16, 128, 1_024]) {
      const path = join(folder, 'long.txt')
      writeLong(path, texts, size * MIB)
      table[`${size} MiB`] = { 'peak, MiB': await measure<number>(['resident', path, venue.name]) }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return table
}
