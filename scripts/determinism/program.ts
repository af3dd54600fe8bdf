import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { binanceFutures, binanceSpot, type ReplayConfig } from 'aster-rx'
import { queueFills, recordedSteps, touchFills, tradeThroughFills } from 'aster-rx/simulation'
import { replayHashes, simulationHashes, type Recorded } from './hashes.js'

/** A recording of the project, or of the folder beside it, and the symbols of which it makes books. */
interface Recording {
  readonly venue: Recorded
  readonly config: Omit<ReplayConfig, 'files'> & { readonly files: readonly string[] }
  readonly symbols: readonly string[]
  /** Whether BTCUSDT is traded in it. */
  readonly isMarket: boolean
}

const of = (venue: Recorded, file: string): Recording => ({
  ...{ venue, config: { files: [file] }, symbols: ['BTCUSDT'], isMarket: true },
})

const recordings: readonly Recording[] = [
  of(binanceFutures, 'samples/recordings/asterFutures-btcusdt.txt.gz'),
  of(binanceSpot, 'samples/recordings/binanceSpot-btcusdt.txt.gz'),
  of(binanceSpot, '../shared/recordings/binance-spot-btcusdt-20240808.txt.gz'),
  of(binanceFutures, '../shared/recordings/binance-usdm-btcusdt-20240808.txt.gz'),
  {
    ...{ venue: binanceSpot, symbols: ['NKNUSDT', 'BLZETH', 'LRCBTC', 'RUNEEUR'], isMarket: false },
    config: {
      files: ['ws', 'http'].map((part) => `../shared/recordings/binance-spot-30s.${part}.txt`),
      merge: true,
    },
  },
]
const models = { touchFills, queueFills, tradeThroughFills }

/** A factor at which minutes take a moment, in which nothing may change. */
const FAST = 5_000

const compared = async (what: string, made: () => Promise<Readonly<Record<string, unknown>>>, expected: string) => {
  if (JSON.stringify(await made()) === expected) return
  process.exitCode = 1
  console.log(`${what}: ANOTHER RESULT`)
}

for (const { venue, config, symbols, isMarket } of recordings) {
  const [name = ''] = config.files
  if (!config.files.every((file) => existsSync(resolve(file)))) {
    console.log(`${name}: not here`)
    continue
  }
  const hashes = await replayHashes(venue, symbols, config)
  console.log(`${name} replay`, hashes)
  const expected = JSON.stringify(hashes)
  await compared(`${name} again`, () => replayHashes(venue, symbols, config), expected)
  await compared(`${name} paced`, () => replayHashes(venue, symbols, { ...config, pace: FAST }), expected)
  if (!isMarket) continue
  const markets = await recordedSteps({ venue, ...config })
  for (const [model, fills] of Object.entries(models)) {
    const run = () => simulationHashes(venue, { ...config, markets, fills })
    const { hashes, placed, filled, seconds } = await run()
    console.log(`${name} ${model}`, { placed, filled, ...hashes })
    console.error(`${name} ${model}: ${seconds.toFixed(1)} s of CPU`)
    await compared(`${name} ${model} again`, async () => (await run()).hashes, JSON.stringify(hashes))
  }
}
