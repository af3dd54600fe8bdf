import { marketData, type Acted, type MarketDataConfig } from './marketData.js'
import type { OwnView } from './MarketView.js'
import { matching, type Matching, type Outcome } from './matching.js'
import { orderFlow, submitOpeningOrders, type Action, type OrderFlowConfig } from './orderFlow.js'
import type { Publication } from './Publication.js'
import type { NumberedFill } from './tradeLog.js'

/** One symbol's market: random orders in a book, and everything that follows from it. */
export interface SymbolMarket {
  readonly book: Matching
  /** What may be asked about it. */
  readonly view: OwnView
  readonly restartIds: (lastUpdateId: number) => void
  /** The best prices and quantities as they are. */
  readonly bookTicker: (at: number) => Publication
  /** An account's order or cancellation; `undefined` where nothing rests under its id. */
  readonly act: (at: number, action: Action) => Acted | undefined
  /** When the next event is due, in milliseconds since 1970. */
  readonly due: () => number
  /** The next event: a tenth of a second ends, or before that a random order arrives. */
  readonly next: () => MarketStep
  /** Time jumps forward to here, a multiple of 100 ms; what was due comes that much later. */
  readonly skipTo: (time: number) => void
}

/** One event of a market's own. */
interface MarketStep {
  readonly at: number
  readonly isTick: boolean
  readonly publications: readonly Publication[]
  readonly fills: readonly NumberedFill[]
}

/** How a symbol's market is made. */
export interface SymbolMarketConfig extends MarketDataConfig, OrderFlowConfig {
  readonly random: () => number
  /** Update ids of other symbols lie between those of this one; else each id follows the one before. */
  readonly skipsIds: boolean
}

/** Markets publish depth this often, in milliseconds. */
export const TENTH = 100

export const symbolMarket = (config: SymbolMarketConfig): SymbolMarket => {
  const { random, start, skipsIds } = config
  const book = matching()
  const traders = orderFlow(random, config)
  submitOpeningOrders(book, traders, random, config)
  const data = marketData(book, config)
  let clock = start
  let nextAction = start + traders.pause()

  const outcomeOf = (action: Action): Outcome | undefined =>
    'cancel' in action ? book.cancel(action.cancel) : book.submit(action)
  const acted = (at: number, outcome: Outcome) => data.acted(at, outcome, skipsIds ? Math.floor(random() * 4) : 0)

  const tick = (): MarketStep => {
    clock += TENTH
    return { at: clock, isTick: true, publications: data.tick(clock), fills: [] }
  }
  const tradersAct = (): MarketStep => {
    const at = Math.floor(nextAction)
    const outcome = outcomeOf(traders.next(book))
    if (outcome?.resting !== undefined) traders.rests(outcome.orderId)
    const { publications, fills } = outcome === undefined ? { publications: [], fills: [] } : acted(at, outcome)
    nextAction += traders.pause()
    return { at, isTick: false, publications, fills }
  }

  return {
    book,
    view: data.view,
    restartIds: data.restartIds,
    bookTicker: data.bookTicker,
    act: (at, action) => {
      const outcome = outcomeOf(action)
      return outcome && acted(at, outcome)
    },
    due: () => Math.min(clock + TENTH, nextAction),
    next: () => (clock + TENTH <= nextAction ? tick() : tradersAct()),
    skipTo: (time) => {
      const by = Math.max(0, time - clock)
      clock += by
      nextAction += by
    },
  }
}
