import { said } from './readme.js'
import type { Step } from './Step.js'

/** Where everything is, and under what. */
export interface Place {
  /** The packed package, as npm is told of it. */
  readonly tarball: string
  /** Node's version: 20, 22, 24. */
  readonly node: number
  /** Two free ports. */
  readonly ports: readonly [venue: number, page: number]
}

const TRADES = /^(BTCUSDT \d+\.\d+ \d+\.\d+\n|\d+\.\d+ \d+\.\d+\n){5,}$/
const BOOK = /^(\d+\.\d+ \d+\.\d+\n){5,}$/
/** Trades, until the book can be read. */
const LIVE = /^(not synced \n)*(\d+\.\d+ \d+\.\d+\n)*\d{5}\.\d+ \d{5}\.\d+\n$/
const ADDED = /^added \d+ packages? in/m
const NOTHING = /^$/

const installed = ({ tarball }: Place): readonly Step[] => [
  { type: 'npm init --yes', says: /"name":/ },
  { type: said.install(tarball), says: ADDED },
]
const recorded: Step = { type: said.record, says: /^\d{2,} frames in 2\d\.\d s to samples\/recordings\/.*gz$/m }

/** TypeScript, as ES modules: run from the sources, by Node itself where it can, and compiled. */
const esm = (place: Place): readonly Step[] => [
  ...installed(place),
  { type: said.modules, says: NOTHING },
  recorded,
  { file: 'samples/trades.ts', text: said.trades },
  { type: said.run, says: TRADES },
  ...(place.node < 22 ? [] : [{ type: 'node --no-warnings samples/trades.ts', says: TRADES }]),
  { type: 'npm install --save-dev typescript @types/node', says: ADDED },
  { type: 'npx tsc --init --types node', says: /tsconfig\.json/ },
  { file: 'samples/book.ts', text: said.book },
  { file: 'samples/simulated.ts', text: said.simulated },
  { type: 'npx tsc', says: NOTHING },
  { type: 'node samples/trades.js', says: TRADES },
  { type: 'node samples/book.js', says: BOOK },
  {
    type: 'node samples/simulated.js',
    says: /^BUY NEW 0\.000\n(BUY PARTIALLY_FILLED 0\.\d+\n)*BUY FILLED 0\.010\n$/,
  },
]

/** CommonJS: as it is typed, and compiled from TypeScript. */
const cjs = (place: Place): readonly Step[] => [
  ...installed(place),
  recorded,
  { file: 'trades.js', text: said.trades.replace(/^import .*$/m, said.require) },
  { type: 'node trades.js', says: TRADES },
  { file: 'samples/trades.ts', text: said.trades },
  { type: said.run, says: TRADES },
  { type: 'npm install --save-dev typescript @types/node', says: ADDED },
  { type: 'npx tsc --module nodenext --strict samples/trades.ts', says: NOTHING },
  { type: 'node samples/trades.js', says: TRADES },
  { type: said.replay, says: /^\{"kind":"trade","stream":"btcusdt@trade",/m },
]

const PASSED = /^Tests: +1 passed, 1 total$/m

/** A Jest project with a marble test: in TypeScript by ts-jest, and as an ES module. */
const jest = (place: Place): readonly Step[] => [
  ...installed(place),
  // ts-jest cannot load TypeScript 7.
  { type: 'npm install --save-dev jest ts-jest typescript@6 @types/jest', says: ADDED },
  { file: 'jest.config.js', text: `module.exports = { preset: 'ts-jest' }\n` },
  {
    file: 'tsconfig.json',
    text: '{ "compilerOptions": { "strict": true, "module": "commonjs", "esModuleInterop": true, "types": ["jest"] } }\n',
  },
  { file: 'samples/pipeline.test.ts', text: said.test },
  { type: 'npx jest', says: PASSED },
  { file: 'jest.config.js', text: `module.exports = { testMatch: ['**/*.test.mjs'] }\n` },
  { file: 'samples/pipeline.test.mjs', text: said.test.replaceAll(/: string/g, '') },
  { type: 'node --no-warnings --experimental-vm-modules node_modules/jest/bin/jest.js', says: PASSED },
]

/** A Vite page of aster-rx/core: while it is written, and built. The program says which exchange is meant. */
const vite = (place: Place): readonly Step[] => {
  const [venue, page] = place.ports
  const places = said.places.replaceAll('8080', String(venue))
  const live = 'websocketCommunicator(asterFutures)'
  return [
    { type: 'npm create --yes vite@latest . -- --template vanilla-ts --no-interactive', says: /Done/ },
    { type: 'npm install', says: ADDED },
    { type: said.install(place.tarball), says: ADDED },
    { file: 'src/main.ts', text: said.browser.replace(live, `${live.slice(0, -1)}, ${places})`) },
    { type: `npx aster-rx venue asterFutures --port ${venue}`, says: /^rest +http/m, isServer: true },
    { type: `npx vite --port ${page} --strictPort`, says: /Local:/, isServer: true },
    { open: `http://localhost:${page}/`, says: LIVE },
    { type: 'npm run build', says: /^dist\/assets\/index-.*\.js +\d+\.\d+ kB.*\n\n?.*built in/m },
    { type: `npx vite preview --port ${page + 1} --strictPort`, says: /Local:/, isServer: true },
    { open: `http://localhost:${page + 1}/`, says: LIVE },
  ]
}

/** What newcomers make in an empty folder. */
export const projects: Readonly<Record<string, (place: Place) => readonly Step[]>> = { esm, cjs, jest, vite }
