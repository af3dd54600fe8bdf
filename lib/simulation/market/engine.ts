import type { DepthSnapshot } from '../../events/DepthSnapshot.js'
import type { Action } from './flow.js'
import type { Matching } from './matching.js'
import type { NumberedFill } from './tape.js'
import { seeded } from './seeded.js'
import type { Manner } from '../host/Manner.js'
import type { Said } from './Said.js'
import { symbolMarket, type Acted, type Totals } from './symbolMarket.js'

/** The markets of all symbols, moved on together. */
export interface Engine {
  /** One tenth of a second passes; `now` is where its clock goes on if it is behind. */
  readonly step: (now: number) => readonly Said[]
  /** The book of a symbol (upper case) as of the last update; `undefined` for a symbol that is not traded here. */
  readonly snapshot: (symbol: string, limit?: number) => DepthSnapshot | undefined
  readonly restartIds: (symbol: string, lastUpdateId: number) => void
  /** Somebody's order, or cancellation; `undefined` where there is no such market, or nothing to cancel. */
  readonly act: (symbol: string, action: Action, now: number) => Acted | undefined
  readonly book: (symbol: string) => Matching | undefined
  /** The symbols traded here, upper case. */
  readonly symbols: readonly string[]
}

/** What the markets are made of. */
export interface EngineConfig {
  readonly seed: number
  readonly symbols: readonly string[]
  readonly pause: number
  readonly manner: Manner
  /** Hears of the trades that the markets themselves bring. Default: nobody does. */
  readonly traded?: (symbol: string, at: number, fills: readonly NumberedFill[]) => void
}

const TENTH = 100

const tenthOf = (time: number) => Math.floor(time / TENTH) * TENTH

const ofAll = (at: number, totals: readonly Totals[]): readonly Said[] => {
  if (totals.length === 0) return []
  const marks = totals.map(({ markPrice }) => markPrice)
  return [
    { stream: '!miniTicker@arr', event: () => totals.map(({ miniTicker }) => miniTicker) },
    { stream: '!ticker@arr', event: () => totals.map(({ ticker }) => ticker) },
    ...(['1h', '4h', '1d'] as const).map((window) => ({
      stream: `!ticker_${window}@arr`,
      event: () => totals.map(({ windows }) => windows[window]()),
    })),
    { stream: '!markPrice@arr@1s', event: () => marks },
    ...(at % 3_000 === 0 ? [{ stream: '!markPrice@arr', event: () => marks }] : []),
  ]
}

/** The markets open at `start`, in ms since 1970. The same seed and the same steps give the same events. */
export const engine = ({ seed, symbols, pause, manner, traded }: EngineConfig, start: number): Engine => {
  let clock = tenthOf(start)
  const marketOf = (symbol: string, i: number) =>
    symbolMarket({
      symbol,
      random: seeded(seed + 7_919 * i),
      start: clock,
      pause,
      manner,
      traded: (at, fills) => traded?.(symbol, at, fills),
    })
  const markets = new Map(symbols.map((symbol, i) => [symbol, marketOf(symbol, i)]))
  return {
    symbols,
    snapshot: (symbol, limit) => markets.get(symbol)?.snapshot(limit),
    restartIds: (symbol, lastUpdateId) => markets.get(symbol)?.restartIds(lastUpdateId),
    book: (symbol) => markets.get(symbol)?.book,
    act: (symbol, action, now) => {
      clock = Math.max(clock, tenthOf(now))
      return markets.get(symbol)?.act(clock, action)
    },
    step: (now) => {
      clock = Math.max(clock, tenthOf(now) - TENTH)
      const steps = [...markets.values()].map((each) => each.step(clock))
      clock += TENTH
      const totals = steps.flatMap((step) => (step.totals === undefined ? [] : [step.totals]))
      return [...steps.flatMap(({ said }) => said), ...ofAll(clock, totals)]
    },
  }
}
