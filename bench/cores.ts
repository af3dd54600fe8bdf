import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Shard } from './programs/shard.js'
import type { Recording } from './recordings.js'
import { ofSymbol } from './replay.js'
import { rounds, type Task } from './rounds.js'
import type { Table } from './table.js'

/** So many symbols, each in a file of its own that holds the whole recording. */
const SYMBOLS = ['S0USDT', 'S1USDT', 'S2USDT', 'S3USDT']

/** By so many threads at once, each with its part of the symbols. */
const THREADS = [1, 2]

/** The threads stay, as those of a program do; each round they play their files once more. */
const threadsTask = (shards: readonly Shard[]): { readonly task: Task; readonly stop: () => Promise<unknown> } => {
  const threads = shards.map((shard) => ({ shard, worker: new Worker(new URL('shard.mjs', import.meta.url)) }))
  const play = async ({ shard, worker }: (typeof threads)[number]) => {
    worker.postMessage(shard)
    await once(worker, 'message')
  }
  return {
    task: () => async () => {
      await Promise.all(threads.map(play))
    },
    stop: () => Promise.all(threads.map(({ worker }) => worker.terminate())),
  }
}

/** Thousands of frames a second on the clock, and what a frame takes of all cores together. */
export const cores = async ({ venue, texts }: Recording, count: number): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const files = SYMBOLS.map((symbol) => {
    const path = join(folder, `${symbol}.txt`)
    writeFileSync(path, texts.map((text, i) => `${1_700_000_000_000 + i} ${ofSymbol(text, symbol)}\n`).join(''))
    return { path, symbol }
  })
  const dealt = (threads: number): readonly Shard[] =>
    Array.from({ length: threads }, (_, n) => ({
      venueName: venue.name,
      files: files.filter((_file, i) => i % threads === n),
    }))
  const all = THREADS.map((threads) => threadsTask(dealt(threads)))
  const times = await rounds(count, ...all.map(({ task }) => task))
  await Promise.all(all.map(({ stop }) => stop()))
  rmSync(folder, { recursive: true })
  const frames = texts.length * SYMBOLS.length
  const alone = times[0]?.wall ?? NaN
  return Object.fromEntries(
    times.map(({ wall, cpu }, i): [string, Table[string]] => [
      `threads: ${THREADS[i]}`,
      { 'k frames/s': frames / wall, '× one': alone / wall, 'CPU, µs/frame': (cpu * 1_000) / frames },
    ]),
  )
}
