import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { asterFutures, binanceSpot, frame, type Frame } from 'aster-rx'
import { generated } from './generated.js'

/** One recording of BTCUSDT, split before anything is measured. */
export interface Recording {
  readonly name: string
  readonly venue: typeof asterFutures | typeof binanceSpot
  readonly texts: readonly string[]
  readonly frames: readonly Frame[]
}

/** Beside the project, from where `npm run bench` starts. */
const folder = new URL('../shared/recordings/', pathToFileURL(`${process.cwd()}/`))

/** Each text stands on its own, as a socket gives it: the slice of a file would be slower to read, and keep the file. */
const flat = (text: string) => Buffer.from(text).toString('utf8')

const recordingOf = (name: string, venue: Recording['venue'], lines: readonly string[]): Recording => {
  const texts = lines.map(flat)
  return { name, venue, texts, frames: texts.map((text, i) => frame(text, i)) }
}

const recorded = (name: string, venue: Recording['venue'], file: string) => {
  const path = new URL(file, folder)
  if (!existsSync(path)) return []
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  return [
    recordingOf(
      name,
      venue,
      lines.map((line) => line.slice(line.indexOf(' ') + 1)),
    ),
  ]
}

/** Recordings of a venue, where they are. */
const real = (): readonly Recording[] => [
  ...recorded('spot', binanceSpot, 'binance-spot-btcusdt-20240808.txt.gz'),
  ...recorded('USD-M', asterFutures, 'binance-usdm-btcusdt-20240808.txt.gz'),
]

/** A depth update or book ticker of USD-M in the shape of COIN-M, which names the pair, too. */
const withPair = (text: string) => text.replace(/"s":"(BTCUSD)T",(?="[UbB]")/, '"s":"$1T","ps":"$1",')

/** The frames of USD-M, where they are, in the shapes of COIN-M. */
const coinM = (all: readonly Recording[]): readonly Recording[] =>
  all
    .filter(({ name }) => name === 'USD-M')
    .map(({ venue, texts }) => recordingOf('COIN-M shapes', venue, texts.map(withPair)))

/** Those that are made everywhere, the same in every run. */
export const made = (): readonly Recording[] => [
  recordingOf('made spot', binanceSpot, generated('spot')),
  recordingOf('made USD-M', asterFutures, generated('USD-M')),
  recordingOf('made COIN-M', asterFutures, generated('COIN-M')),
]

export const recordings = (): readonly Recording[] => {
  const all = real()
  return [...all, ...coinM(all), ...made()]
}

export const recordingNamed = (name: string | undefined): Recording => {
  const found = recordings().find((recording) => recording.name === name)
  if (found === undefined) throw new TypeError(`there is no recording '${String(name)}'`)
  return found
}

/** The largest real recording, else a made one. */
export const mainRecording = (): Recording => {
  const found = real().at(-1) ?? made()[1]
  if (found === undefined) throw new Error('there is no recording')
  return found
}

/** A recording of those frames alone whose stream ends so, or undefined where there are few. */
export const onlyOf = ({ name, venue, texts }: Recording, suffix: string): Recording | undefined => {
  const some = texts.filter((text) => text.startsWith(`{"stream":"btcusdt@${suffix}`))
  return some.length < 100 ? undefined : recordingOf(`${name}, ${suffix}`, venue, some)
}
