import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createClient, replayCommunicator, type ReplayConfig } from 'aster-rx'
import type { Recording } from './recordings.js'
import { rounds, type Task } from './rounds.js'
import type { Table } from './table.js'

/** A recording as files, plain and gzip. */
export interface RecordedFiles {
  readonly plain: string
  readonly gzip: string
  readonly remove: () => void
}

/** The same of another symbol. */
export const ofSymbol = (text: string, symbol: string): string =>
  text.replace('btcusdt@', `${symbol.toLowerCase()}@`).replace('"BTCUSDT"', `"${symbol}"`)

/** A time for each text, 1 ms apart. */
const START = 1_700_000_000_000

export const recordedFiles = ({ texts }: Recording): RecordedFiles => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const lines = texts.map((text, i) => `${START + i} ${text}\n`)
  const plain = join(folder, 'all.txt')
  const gzip = join(folder, 'all.txt.gz')
  writeFileSync(plain, lines.join(''))
  writeFileSync(gzip, gzipSync(readFileSync(plain)))
  return { plain, gzip, remove: () => rmSync(folder, { recursive: true }) }
}

/** A replay of files with a listener for every message, and with the book. */
export const replayTask =
  ({ venue }: Pick<Recording, 'venue'>, config: ReplayConfig, withBook: boolean): Task =>
  () =>
  () =>
    new Promise((resolve, reject) => {
      const client = createClient<typeof venue>({ venue, communicator: replayCommunicator(config) })
      let tops = 0
      if (withBook)
        client.book('BTCUSDT').subscribe((state) => {
          if (state._tag === 'Synced' && state.book.bestBid !== undefined && state.book.bestAsk !== undefined) tops++
        })
      client.message$.subscribe({
        error: reject,
        complete: () => (withBook && tops === 0 ? reject(new Error('the book never synced')) : resolve()),
      })
      client.connect()
    })

/** From a file to the listeners: thousands of frames a second on the clock, since inflating has threads of its own. */
export const replay = async (all: readonly Recording[], count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const recording of all) {
    const { plain, gzip, remove } = recordedFiles(recording)
    const times = await rounds(
      count,
      replayTask(recording, { files: plain }, false),
      replayTask(recording, { files: gzip }, false),
      replayTask(recording, { files: plain }, true),
      replayTask(recording, { files: gzip }, true),
    )
    remove()
    const [text, packed, textBook, packedBook] = times.map(({ wall }) => recording.texts.length / wall)
    table[recording.name] = {
      'plain, k frames/s': text ?? NaN,
      'gzip, k frames/s': packed ?? NaN,
      'plain with book, k frames/s': textBook ?? NaN,
      'gzip with book, k frames/s': packedBook ?? NaN,
    }
  }
  return table
}
