import { isValues } from '../../codecs/Values.js'
import { isRefusal } from '../exchange/Refusal.js'
import {
  given,
  ofSymbols,
  type MarketCall,
  type MarketCallRow,
  type MarketQuestion,
  type Traded,
} from './MarketCall.js'
import { selected } from './selected.js'

/** Mark prices and funding of perpetual contracts, as Aster's and Binance's futures tell them. */

const EIGHT_HOURS = 8 * 60 * 60 * 1_000
const RATE = '0.00010000'

const premiumIndex = ({ market }: Traded, { now }: MarketQuestion) =>
  given(market.markPrice(), (told) => {
    const { symbol, markPrice, indexPrice, estimatedSettlePrice, fundingRate, nextFundingTime } = told
    const prices = { symbol, markPrice, indexPrice, estimatedSettlePrice }
    return { ...prices, lastFundingRate: fundingRate, nextFundingTime, interestRate: RATE, time: now }
  })

/** Funding was due so many times in a day. */
const A_DAY = 3

/** The rate never changes here: those of the last day. */
const fundingRates = ({ market }: Traded, { now, get }: MarketQuestion) =>
  given(market.markPrice(), ({ symbol, fundingRate }) => {
    const last = now - (now % EIGHT_HOURS)
    const all = Array.from({ length: A_DAY }, (_, i) => last - (A_DAY - 1 - i) * EIGHT_HOURS)
    const found = selected(all, get, { time: (time) => time, usual: 100 })
    return isRefusal(found) ? found : found.map((fundingTime) => ({ symbol, fundingRate, fundingTime }))
  })

const fundingInfo = ({ market: { symbol } }: Traded, { now }: MarketQuestion) => ({
  symbol,
  interestRate: RATE,
  time: now,
  fundingIntervalHours: 8,
  fundingFeeCap: 0.03,
  fundingFeeFloor: -0.03,
})

/** One list of all that was found, whatever was asked for. */
const listed =
  (answer: MarketCall['answer']): MarketCall['answer'] =>
  (question) => {
    const found = answer(question)
    const each: readonly unknown[] | undefined = Array.isArray(found) ? found : undefined
    if (each !== undefined) return each.flat()
    return isValues(found) && isRefusal(found) ? found : [found]
  }

/** The calls about funding. */
export const fundingCalls = (weight: MarketCallRow[2]): readonly MarketCallRow[] => [
  ['premiumIndex', ofSymbols(premiumIndex), weight],
  ['fundingRate', listed(ofSymbols(fundingRates)), 1],
  ['fundingInfo', listed(ofSymbols(fundingInfo)), 1],
]
