import type { PredictionEvent } from '../../events/PredictionEvent.js'
import type { Publication, Topic } from './Publication.js'

/** What is published of a prediction market at a full second; `price` is that of the last trade. */
export type PredictionEvents = (at: number, price: string) => readonly Publication[]

/** `BTC_UP_DOWN_5M_1778483280_YUSDT`: the event, its number, the side, and the quote asset. */
const PARTS = /^([^@]+)_(\d+)_Y([A-Z]+)$/
/** How long one market of an event lasts, in milliseconds. */
const ROUND = 300_000

/**
 * The event that a symbol of its yes side belongs to: a market starts when it opens and every five minutes, each time
 * with the winner of the one before; in between its average price is published. Other symbols belong to no event.
 */
export const predictionEvents = (symbol: string, start: number): PredictionEvents => {
  const [, base = '', number = '', asset = ''] = PARTS.exec(symbol) ?? []
  if (base === '') return () => []
  const name = base.toLowerCase()
  const sides = { yesSymbol: symbol, noSymbol: `${base}_${number}_N${asset}` }
  const topic: Topic = { kind: 'predictionEvent', parameters: { eventName: name } }
  let round = -1
  let opening = ''
  return (time, price) => {
    const isFirst = round === -1
    const now = Math.floor((time - start) / ROUND)
    const isStart = now !== round
    const winner = Number(price) >= Number(opening) ? 'Y' : 'N'
    round = now
    if (isStart) opening = price
    const event: PredictionEvent = {
      event: isStart ? 'market_start' : 'market_twap',
      name,
      ...sides,
      price,
      time,
      ...(isStart && !isFirst && { result: winner === 'Y' ? 1 : 0, winner }),
    }
    return [{ at: time, topic, event: () => event }]
  }
}
