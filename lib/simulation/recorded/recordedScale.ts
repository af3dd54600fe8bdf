import type { Decimal } from '../../codecs/Decimal.js'
import { add, exact, fullText, multiply, positive, zeroOf, type ExactDecimal } from '../../codecs/ExactDecimal.js'
import type { Scale } from '../market/Scale.js'

/** What prices and quantities of a market are multiples of, as its `exchangeInfo` has it. */
export interface Steps {
  /** `tickSize`: `'0.10'`. */
  readonly tick: Decimal
  /** `stepSize`: `'0.001'`. */
  readonly lot: Decimal
}

/** A scale that reads, too: fractions stay where something is finer. */
export interface RecordedScale extends Scale {
  readonly ticks: (price: Decimal | number) => number
  readonly lots: (quantity: Decimal | number) => number
}

/** How near a number has to be to a whole one, which the division of numbers missed. */
const NEAR = 1e-6

const counting = (step: ExactDecimal) => {
  const size = Number(fullText(step))
  return (value: Decimal | number): number => {
    const count = Number(value) / size
    const whole = Math.round(count)
    return Math.abs(count - whole) < NEAR ? whole : count
  }
}

/** Whole ticks and lots of a recorded market. @throws TypeError for a step that is no decimal above 0. */
export const recordedScale = ({ tick, lot }: Steps): RecordedScale => {
  const [ofTick, ofLot] = [positive('tick', tick), positive('lot', lot)]
  const times = (step: ExactDecimal, count: number): Decimal =>
    fullText(add(multiply(step, exact(String(Math.round(count)))), zeroOf(step)))
  return {
    price: (ticks) => times(ofTick, ticks),
    quantity: (lots) => times(ofLot, lots),
    amount: (tickLots) => times(multiply(ofTick, ofLot), tickLots),
    ticks: counting(ofTick),
    lots: counting(ofLot),
  }
}
