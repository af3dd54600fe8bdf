import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { asterFutures, binanceSpot, frame, type Frame } from 'aster-rx'

const folder = new URL('../../shared/recordings/', import.meta.url)
const bundled = new URL('../samples/recordings/asterFutures-btcusdt.txt.gz', import.meta.url)

/** One recording, split before anything is measured. */
export interface Recording {
  readonly name: string
  readonly venue: typeof asterFutures | typeof binanceSpot
  readonly frames: readonly Frame[]
  readonly texts: readonly string[]
}

const load = (name: string, url: URL, venue: Recording['venue']): Recording => {
  const lines = gunzipSync(readFileSync(url)).toString('utf8').trimEnd().split('\n')
  // Each text on its own, as a socket gives it: a slice would keep the whole file behind it.
  const texts = lines.map((line) => Buffer.from(line.slice(line.indexOf(' ') + 1)).toString('utf8'))
  return { name, venue, texts, frames: texts.map((text, i) => frame(text, i)) }
}

/** The real recordings where they are, the bundled one elsewhere. */
export const recordings = (): readonly Recording[] =>
  existsSync(folder)
    ? [
        load('spot', new URL('binance-spot-btcusdt-20240808.txt.gz', folder), binanceSpot),
        load('futures', new URL('binance-usdm-btcusdt-20240808.txt.gz', folder), asterFutures),
      ]
    : [load('bundled', bundled, asterFutures)]
