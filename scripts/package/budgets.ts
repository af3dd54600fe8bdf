import { statSync } from 'node:fs'
import { entries } from './entries.js'
import { importTimes } from './importTimes.js'
import type { Tarball } from './pack.js'
import { sizeOf } from './sizes.js'

interface Budget {
  readonly entry: string
  readonly names: string
  /** Bytes of a minified bundle with all that it depends on: what it took when this was written, and two per cent. */
  readonly bytes: number
  /** True where the bundle must leave nothing to Node's modules. */
  readonly isForBrowsers?: true
}

/** What users take. */
const budgets: readonly Budget[] = [
  { entry: 'aster-rx', names: 'syncDepth', bytes: 38_000, isForBrowsers: true },
  { entry: 'aster-rx', names: 'parse, binanceSpot', bytes: 46_500, isForBrowsers: true },
  { entry: 'aster-rx', names: 'createClient, parse, syncDepth, asterFutures', bytes: 125_000, isForBrowsers: true },
  { entry: 'aster-rx', names: 'createClient, websocketCommunicator, binanceSpot', bytes: 172_500 },
  { entry: 'aster-rx', names: '*', bytes: 380_000 },
  { entry: 'aster-rx/core', names: 'syncDepth', bytes: 38_000, isForBrowsers: true },
  {
    entry: 'aster-rx/core',
    names: 'createClient, websocketCommunicator, binanceSpot',
    bytes: 170_500,
    isForBrowsers: true,
  },
  {
    entry: 'aster-rx/core',
    names: 'createClient, websocketCommunicator, accountCommunicator, asterFutures',
    bytes: 249_000,
    isForBrowsers: true,
  },
  { entry: 'aster-rx/core', names: '*', bytes: 308_000, isForBrowsers: true },
  { entry: 'aster-rx/metrics', names: '*', bytes: 23_500 },
  { entry: 'aster-rx/nats', names: 'publishSignals, natsCommunicator', bytes: 313_500 },
  { entry: 'aster-rx/nats', names: '*', bytes: 342_000 },
  { entry: 'aster-rx/simulation', names: 'startVenue, simulate', bytes: 412_000 },
  { entry: 'aster-rx/simulation', names: '*', bytes: 424_000 },
  { entry: 'aster-rx/testing', names: 'marbles', bytes: 37_500 },
  { entry: 'aster-rx/testing', names: '*', bytes: 49_500 },
]

/** What is downloaded, most of it sources and source maps; the recordings of the samples are 240 kB of it. */
const tarballBudget = { bytes: 2_470_000, files: 820 }

/**
 * How many times as long as RxJS alone, which it imports, an entry may take to import: more than twice for simulations,
 * which are for tests, and for what imports the client of a broker. Of 2 the main one takes 1.5.
 */
const importRatios: Readonly<Record<string, number>> = { 'aster-rx/simulation': 3, 'aster-rx/nats': 2.4 }
const importRatio = (entry: string): number => importRatios[entry] ?? 2

/** One measurement beside its budget, and what is wrong with it. */
export interface Finding {
  readonly what: string
  readonly measured: string
  readonly problem?: string | undefined
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** `35,102 of 36,000 bytes`. */
export const finding = (what: string, value: number, budget: number, unit: string, problem?: string): Finding => ({
  ...{ what, measured: `${number.format(value)} of ${number.format(budget)} ${unit}` },
  problem: value <= budget ? problem : 'that is too much',
})

const sizeFinding = async ({ entry, names, bytes: limit, isForBrowsers }: Budget): Promise<Finding> => {
  const { bytes, left } = await sizeOf(entry, names)
  const needs = isForBrowsers && left.length > 0 ? `it needs ${left.join(', ')}` : undefined
  return finding(`bundle of ${names} from ${entry}`, bytes, limit, 'bytes', needs)
}

/** The page of the dashboard, with its charts, in bytes: what it took, and a few per cent. */
const PAGE = 464_000

const pageFinding = (): Finding =>
  finding('page of the dashboard', statSync('dist/dashboard/page.js').size, PAGE, 'bytes')

const ratios = ([rxjs = NaN, ...times]: readonly number[]): readonly number[] => times.map((time) => time / rxjs)

const importFindings = (): readonly Finding[] => {
  const specifiers = ['rxjs', ...entries.map(({ file }) => `./dist/esm/${file}.js`)]
  const limits = entries.map(({ name }) => importRatio(name))
  const isWithin = (ratio: number, i: number) => ratio <= (limits[i] ?? NaN)
  const found = ratios(importTimes(specifiers, (times) => ratios(times).every(isWithin)))
  return found.map((ratio, i) => finding(`import of ${entries[i]?.name}`, ratio, limits[i] ?? NaN, '× that of rxjs'))
}

const tarballFindings = (tarball: Tarball): readonly Finding[] =>
  (['bytes', 'files'] as const).map((unit) => finding('tarball', tarball[unit], tarballBudget[unit], unit))

/** Every entry has a budget for all that it exports. */
const missing = (): readonly Finding[] =>
  entries
    .filter(({ name }) => !budgets.some(({ entry, names }) => entry === name && names === '*'))
    .map(({ name }) => ({ what: `bundle of * from ${name}`, measured: 'not measured', problem: 'it has no budget' }))

export const measured = async (tarball: Tarball): Promise<readonly Finding[]> => [
  ...tarballFindings(tarball),
  ...missing(),
  ...(await Promise.all(budgets.map(sizeFinding))),
  pageFinding(),
  ...importFindings(),
]
