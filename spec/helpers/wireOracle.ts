/**
 * What frames of Aster futures mean, told a second time and by other means: from the venue's documentation, by
 * `JSON.parse` and tables of checks, without any code of the library.
 */
export type Told =
  | { readonly kind: string; readonly stream: string; readonly event: unknown }
  | 'NotJson'
  | 'UnknownStream'
  | 'InvalidEvent'
  /** Neither a combined frame nor a list of them: not this oracle's business. */
  | 'other'

const WRONG = Symbol('wrong')
type Check = (value: unknown) => unknown

const where =
  (is: (value: unknown) => boolean): Check =>
  (value) =>
    is(value) ? value : WRONG

const decimal = where(
  (u) => typeof u === 'string' && u.length <= 400 && /^-?[0-9]+(\.[0-9]+)?([eE][+-]?0*[0-9]{1,2})?$/.test(u),
)
const id = where((u) => Number.isSafeInteger(u))
/** Whole numbers beyond 2^53 as the frame in hand has them. */
let longNumbers: readonly string[] = []
/** What names something: a number, or the digits of one that no number holds. */
const name: Check = (u) => {
  if (Number.isSafeInteger(u)) return u
  const digits =
    typeof u === 'string' ? u : [...new Set(longNumbers)].filter((one) => Number(one) === u && Number.isInteger(u))[0]
  if (digits === undefined || !/^-?(0|[1-9][0-9]{0,19})$/.test(digits) || digits.length > 20) return WRONG
  return BigInt(digits) === BigInt(Number(digits)) && Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
}
const text = where((u) => typeof u === 'string')
const flag = where((u) => u === true || u === false)
const rate: Check = (u) => (u === '' ? u : decimal(u))
const levels = where(
  (u) =>
    Array.isArray(u) &&
    u.every((level: unknown) => Array.isArray(level) && decimal(level[0]) !== WRONG && decimal(level[1]) !== WRONG),
)
const time: Check = (u) =>
  Number.isSafeInteger(u) && Number(u) >= 0 ? (Number(u) > 1e14 ? Number(u) / 1000 : u) : WRONG

type Row = readonly [name: string, key: string, check: Check, optional?: 'optional']

const object =
  (rows: readonly Row[], e?: string, mayLack = false): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return WRONG
    // Own properties only, which are what the venue said.
    const said = new Map<string, unknown>(Object.entries(value))
    if (e !== undefined && said.get('e') !== e && !(mayLack && !said.has('e'))) return WRONG
    const event: Record<string, unknown> = {}
    for (const [name, key, check, optional] of rows) {
      const part = said.get(key)
      if (optional !== undefined && (part === undefined || part === null)) continue
      const read = check(part)
      if (read === WRONG) return WRONG
      event[name] = read
    }
    return event
  }

const trade: readonly Row[] = [
  ['eventTime', 'E', time],
  ['symbol', 's', text],
  ['tradeId', 't', id],
  ['price', 'p', decimal],
  ['quantity', 'q', decimal],
  ['buyerOrderId', 'b', name, 'optional'],
  ['sellerOrderId', 'a', name, 'optional'],
  ['tradeTime', 'T', time],
  ['isBuyerMaker', 'm', flag],
  ['tradeType', 'X', text, 'optional'],
]
const bookTicker: readonly Row[] = [
  ['updateId', 'u', id],
  ['symbol', 's', text],
  ['bidPrice', 'b', decimal],
  ['bidQuantity', 'B', decimal],
  ['askPrice', 'a', decimal],
  ['askQuantity', 'A', decimal],
  ['eventTime', 'E', time, 'optional'],
  ['transactionTime', 'T', time, 'optional'],
]
const bar: readonly Row[] = [
  ['openTime', 't', time],
  ['closeTime', 'T', time],
  ['symbol', 's', text],
  ['interval', 'i', text],
  ['firstTradeId', 'f', id],
  ['lastTradeId', 'L', id],
  ['open', 'o', decimal],
  ['close', 'c', decimal],
  ['high', 'h', decimal],
  ['low', 'l', decimal],
  ['volume', 'v', decimal],
  ['tradeCount', 'n', id],
  ['isClosed', 'x', flag],
  ['quoteVolume', 'q', decimal],
  ['takerBuyVolume', 'V', decimal],
  ['takerBuyQuoteVolume', 'Q', decimal],
]
const kline: readonly Row[] = [
  ['eventTime', 'E', time],
  ['symbol', 's', text],
  ['kline', 'k', object(bar)],
]
const depth: readonly Row[] = [
  ['eventTime', 'E', time],
  ['transactionTime', 'T', time, 'optional'],
  ['symbol', 's', text],
  ['firstUpdateId', 'U', id],
  ['lastUpdateId', 'u', id],
  ['previousUpdateId', 'pu', id],
  ['bids', 'b', levels],
  ['asks', 'a', levels],
]
const markPrice: readonly Row[] = [
  ['eventTime', 'E', time],
  ['symbol', 's', text],
  ['markPrice', 'p', decimal],
  ['indexPrice', 'i', decimal, 'optional'],
  ['estimatedSettlePrice', 'P', decimal, 'optional'],
  ['fundingRate', 'r', rate],
  ['nextFundingTime', 'T', time, 'optional'],
]

const streams: readonly (readonly [kind: string, name: RegExp, check: Check, list?: 'list'])[] = [
  ['trade', /^[^!]@trade$|^[^!@][^@]*@trade$/, object(trade, 'trade')],
  ['bookTicker', /^[^!@][^@]*@bookTicker$/, object(bookTicker, 'bookTicker', true)],
  ['kline', /^[^!@][^@]*@kline_(1m|3m|5m|15m|30m|1h|2h|4h|6h|8h|12h|1d|3d|1w|1M)$/, object(kline, 'kline')],
  ['depth', /^[^!@][^@]*@depth(@[0-9]+ms)?$/, object(depth, 'depthUpdate')],
  ['markPrices', /^!markPrice@arr(@1s)?$/, object(markPrice, 'markPriceUpdate'), 'list'],
]

/** What no name holds: quotes, backslashes, white space, control characters, half surrogates. */
const odd = /["\\\s\p{Cc}\p{Cs}]/u

const ofWrapped = (stream: string, data: unknown): readonly Told[] => {
  const row = streams.find(([, name]) => name.test(stream) && !odd.test(stream) && stream.length <= 256)
  if (row === undefined) return [stream.includes('@') || stream.startsWith('!') ? 'UnknownStream' : 'other']
  const [kind, , check, list] = row
  if (list === undefined || !Array.isArray(data)) {
    const event = check(data)
    if (event === WRONG) return ['InvalidEvent']
    return [{ kind, stream, event: list === undefined ? event : [event] }]
  }
  const parts = data.map(check)
  const good = parts.filter((part) => part !== WRONG)
  const wrong = parts.filter((part) => part === WRONG).map((): Told => 'InvalidEvent')
  return good.length > 0 || parts.length === 0 ? [{ kind, stream, event: good }, ...wrong] : wrong
}

const ofObject = (value: unknown): readonly Told[] => {
  if (typeof value !== 'object' || value === null) return ['UnknownStream']
  const { stream, data } = value as Readonly<Record<string, unknown>>
  return typeof stream === 'string' && stream !== '' ? ofWrapped(stream, data) : ['other']
}

/** Everything that a frame says. */
export const oracle = (frame: string): readonly Told[] => {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return ['NotJson']
  }
  longNumbers = frame.match(/-?\d{16,}/g) ?? []
  if (!Array.isArray(value)) return ofObject(value)
  return value.length > 0 && value.every((part) => typeof part === 'object' && part !== null && 'stream' in part)
    ? value.flatMap(ofObject)
    : ['other']
}
