import type { Message } from '../index.js'
import type { Row } from './Row.js'
import type { AnyVenue } from './venues.js'

export type AnyMessage = Message<AnyVenue>
type Kind = AnyMessage['kind']
type EventOf<K extends Kind> = Extract<AnyMessage, { readonly kind: K }>['event']
type Said = Pick<Row, 'text' | 'tone'>

interface Print {
  readonly price: string
  readonly quantity: string
  readonly isBuyerMaker: boolean
}

/** A trade, by who took. */
export const ofPrint = ({ price, quantity, isBuyerMaker }: Print): Said => ({
  text: `${price} × ${quantity} ${isBuyerMaker ? 'sold' : 'bought'}`,
  tone: isBuyerMaker ? 'down' : 'up',
})

type LevelText = readonly [price: string | undefined, quantity: string | undefined]

/** Best bid and best ask. */
export const ofLevels = ([bid, bids]: LevelText, [ask, asks]: LevelText): string =>
  `${bid ?? '-'} × ${bids ?? '-'} | ${ask ?? '-'} × ${asks ?? '-'}`

interface Levels {
  readonly bids: Iterable<readonly [string, string]> & { readonly length: number }
  readonly asks: Iterable<readonly [string, string]> & { readonly length: number }
}
const first = (levels: Iterable<readonly [string, string]>): LevelText => [...levels][0] ?? [undefined, undefined]
const counts = ({ bids, asks }: Levels) => `${bids.length} bids, ${asks.length} asks`

interface Ticker {
  readonly close: string
  readonly high: string
  readonly low: string
  readonly volume: string
}
const ofTicker = ({ close, high, low, volume }: Ticker): Said => ({
  text: `${close} high ${high} low ${low} volume ${volume}`,
})

/** What is shown of an event; of any other one its own fields are. */
const rows: { readonly [K in Kind]?: (event: EventOf<K>) => Said } = {
  trade: ofPrint,
  aggTrade: ofPrint,
  bookTicker: ({ bidPrice, bidQuantity, askPrice, askQuantity }) => ({
    text: ofLevels([bidPrice, bidQuantity], [askPrice, askQuantity]),
  }),
  depth: (update) => ({ text: `${counts(update)}, ids ${update.firstUpdateId} to ${update.lastUpdateId}` }),
  depthSnapshot: (book) => ({ text: `${counts(book)}, up to ${book.lastUpdateId}` }),
  partialDepth: ({ bids, asks }) => ({ text: ofLevels(first(bids), first(asks)) }),
  kline: ({ kline: { interval, open, high, low, close, isClosed } }) => ({
    text: `${interval} ${open} ${high} ${low} ${close}${isClosed ? ' closed' : ''}`,
  }),
  ticker: ofTicker,
  miniTicker: ofTicker,
  markPrice: ({ markPrice, fundingRate }) => ({ text: `${markPrice} funding ${fundingRate}` }),
  forceOrder: ({ order: { side, quantity, price } }) => ({ text: `${side} ${quantity} at ${price}`, tone: 'warning' }),
}

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)

/** The fields of an event that are no parts of their own. */
const fieldsOf = (event: object): string =>
  Array.isArray(event)
    ? `${event.length} events`
    : Object.entries(event)
        .filter(([name, value]) => isPlain(value) && name !== 'symbol' && name !== 'eventTime')
        .map(([name, value]) => `${name} ${String(value)}`)
        .join('  ')

const symbolOf = (event: object): string | undefined => {
  if ('symbol' in event) return String(event.symbol)
  const part = Object.values(event).find(
    (value: unknown) => typeof value === 'object' && value !== null && 'symbol' in value,
  ) as { readonly symbol: unknown } | undefined
  return part === undefined ? undefined : String(part.symbol)
}

/** An event as a line. */
export const eventRow = ({ kind, stream, event, receivedAt }: AnyMessage): Row => {
  // Each row is asked of its own kind only.
  const say = rows[kind] as ((event: object) => Said) | undefined
  const symbol = symbolOf(event) ?? stream
  return { at: receivedAt, symbol, what: kind, ...(say?.(event) ?? { text: fieldsOf(event) }) }
}
