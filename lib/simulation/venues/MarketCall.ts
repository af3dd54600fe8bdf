import { isValues } from '../../codecs/Values.js'
import type { Instrument } from '../exchange/Instrument.js'
import type { Parameter } from '../exchange/readOrder.js'
import { isRefusal, type Refusal } from '../exchange/Refusal.js'
import type { MarketView } from '../market/MarketView.js'

/** What is traded under a symbol, and what happened there. */
export interface Traded {
  readonly instrument: Instrument
  readonly market: MarketView
}

/** What a call about the market is answered from. */
export interface MarketQuestion {
  readonly get: Parameter
  /** By symbol, upper case. */
  readonly traded: ReadonlyMap<string, Traded>
  /** Milliseconds since 1970. */
  readonly now: number
  readonly weightPerMinute: number
}

/** A call that anybody may make: what it costs, and the value that answers it. */
export interface MarketCall {
  readonly path: string
  readonly weight: (get: Parameter) => number
  readonly answer: (question: MarketQuestion) => unknown
  /** Only who has an API key may ask. */
  readonly isKeyed: boolean
}

/** A call of one version, in short. */
export type MarketCallRow = readonly [
  name: string,
  answer: MarketCall['answer'],
  weight: number | MarketCall['weight'],
  isKeyed?: 'keyed',
]

/** The calls under one prefix. */
export const marketCallsUnder = (prefix: string, rows: readonly MarketCallRow[]): readonly MarketCall[] =>
  rows.map(([name, answer, weight, keyed]) => ({
    path: `${prefix}/${name}`,
    answer,
    weight: typeof weight === 'number' ? () => weight : weight,
    isKeyed: keyed === 'keyed',
  }))

/** A weight for one symbol, and for all of them. */
export const bySymbol =
  (one: number, all: number): MarketCall['weight'] =>
  (get) =>
    get('symbol') === null ? all : one

/** The weight of lists, by the most that was asked for. */
export const byLimit =
  (usual: number, weights: readonly { readonly upTo: number; readonly weight: number }[]): MarketCall['weight'] =>
  (get) => {
    const limit = Number(get('limit') ?? usual)
    return (weights.find(({ upTo }) => limit <= upTo) ?? weights.at(-1))?.weight ?? 1
  }

/** An answer by something that a recorded market may not have said yet. */
export const given = <A>(value: A | undefined, answer: (value: A) => unknown): unknown =>
  value === undefined ? ({ refusal: 'unavailable' } satisfies Refusal) : answer(value)

const isUnavailable = (answer: unknown) => isValues(answer) && isRefusal(answer) && answer.refusal === 'unavailable'

const foundIn = ({ traded }: MarketQuestion, symbol: string): Traded | Refusal =>
  traded.get(symbol) ?? { refusal: 'symbol' }

/** An answer about the symbol that must be named. */
export const ofSymbol =
  (answer: (traded: Traded, question: MarketQuestion) => unknown): MarketCall['answer'] =>
  (question) => {
    const symbol = question.get('symbol')
    if (symbol === null || symbol === '') return { refusal: 'missing', detail: 'symbol' } satisfies Refusal
    const found = foundIn(question, symbol)
    return isRefusal(found) ? found : answer(found, question)
  }

const listed = (text: string): readonly string[] | Refusal => {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  } catch {
    // What is no JSON is no list either.
  }
  return { refusal: 'invalid', detail: 'symbols' }
}

/** The list of answers, or the first refusal in it. */
const listOf = (answers: readonly unknown[]): unknown =>
  answers.find((answer) => isValues(answer) && isRefusal(answer)) ?? answers

/** An answer about one symbol, a list of those about several (`symbols=["A","B"]`), or about all. */
export const ofSymbols =
  (answer: (traded: Traded, question: MarketQuestion) => unknown): MarketCall['answer'] =>
  (question) => {
    if (question.get('symbol') !== null) return ofSymbol(answer)(question)
    const symbols = question.get('symbols')
    if (symbols === null) {
      const all = [...question.traded.values()].map((each) => answer(each, question))
      return listOf(all.filter((one) => !isUnavailable(one)))
    }
    const names = listed(symbols)
    if (isRefusal(names)) return names
    const found = names.map((name) => foundIn(question, name))
    return listOf(found.map((each) => (isRefusal(each) ? each : answer(each, question))))
  }
