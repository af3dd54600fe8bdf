import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, told } from './programs.js'
import type { Recording } from './recordings.js'
import { ofSymbol } from './replay.js'
import { alternating, type Spent } from './rounds.js'
import type { Table } from './table.js'

/** The same frames in so many files. */
const FILES = [1, 10, 50, 200]

/** Each symbol has the next frame in turn: no merge has to change the file more often. */
const SYMBOLS = 200

/** So many frames, in steps that are held at once: opening the files is a small part of it. */
const FRAMES = 300_000
const STEP = 20_000

/** A time for each frame, 1 ms apart. */
const START = 1_700_000_000_000

const write = ({ texts }: Recording, paths: readonly (readonly string[])[]) => {
  for (let from = 0; from < FRAMES; from += STEP) {
    const lines = Array.from({ length: STEP }, (_, k) => {
      const i = from + k
      return `${START + i} ${ofSymbol(texts[i % texts.length] ?? '', `S${i % SYMBOLS}USDT`)}\n`
    })
    for (const files of paths)
      files.forEach((path, file) => {
        const own = lines.filter((_line, k) => (from + k) % files.length === file)
        appendFileSync(path, own.join(''))
      })
  }
}

/** A merge of the files of many symbols, beside one file with all of them: each in a process of its own, in turn. */
export const merge = async (recording: Recording, count: number): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const paths = FILES.map((files) => Array.from({ length: files }, (_, file) => join(folder, `${files}-${file}.txt`)))
  write(recording, paths)
  const replayers = paths.map((files) => start('replayer', [recording.venue.name, ...files]))
  const times = await alternating(
    count,
    ...replayers.map((replayer) => () => {
      replayer.send('again')
      return told<Spent>(replayer)
    }),
  )
  for (const replayer of replayers) replayer.disconnect()
  rmSync(folder, { recursive: true })
  return Object.fromEntries(
    times.map(({ wall, cpu, ratio }, i): [string, Table[string]] => [
      `files: ${FILES[i]}`,
      { 'CPU, µs/frame': (cpu * 1_000) / FRAMES, '× one': ratio, 'k frames/s': FRAMES / wall },
    ]),
  )
}
