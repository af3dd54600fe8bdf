import { lastValueFrom, take, tap } from 'rxjs'
import { createClient } from '../../client/createClient.js'
import { aConfigOfVenue, checked } from '../../codecs/checked.js'
import type { Decimal } from '../../codecs/Decimal.js'
import { isValues } from '../../codecs/Values.js'
import type { ReplayConfig } from '../../communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../communicators/replayCommunicator.js'
import type { Venue } from '../../venues/Venue.js'
import type { Steps } from './recordedScale.js'

/** Whose recording it is, and where. */
export interface RecordedStepsConfig extends Omit<ReplayConfig, 'pace' | 'timer' | 'drain' | 'onRead'> {
  /** Whose frames they are. */
  readonly venue: Venue
}

/** So many events say it: order books of thousands of levels are among them. */
const LOOKED_AT = 20_000

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b))

/** What all decimals of a list are multiples of: 1, 2 or 5 times a power of ten, with their digits. */
const stepOf = (texts: Iterable<Decimal>): Decimal | undefined => {
  let [digits, common] = [0, 0n]
  for (const text of texts) {
    const [whole = '', fraction = ''] = text.split('.')
    if (fraction.length > digits) {
      common *= 10n ** BigInt(fraction.length - digits)
      digits = fraction.length
    }
    common = divisor(common, BigInt(whole + fraction.padEnd(digits, '0')))
  }
  if (common === 0n) return undefined
  let power = 1n
  while (common % (power * 10n) === 0n) power *= 10n
  const step = [5n, 2n, 1n].find((times) => common % (power * times) === 0n) ?? 1n
  const written = String(step * power).padStart(digits + 1, '0')
  return digits === 0 ? written : `${written.slice(0, -digits)}.${written.slice(-digits)}`
}

const decimal = /^\d+(\.\d+)?$/

/** The prices and quantities of an event. */
const decimalsIn = function* (event: Readonly<Record<string, unknown>>): Generator<readonly [unknown, unknown]> {
  yield [event['price'], event['quantity']]
  yield [event['bidPrice'], event['bidQuantity']]
  yield [event['askPrice'], event['askQuantity']]
  for (const side of [event['bids'], event['asks']])
    // A side of a book is a list of levels, or a view that iterates as one.
    if (typeof side === 'object' && side !== null) yield* side as Iterable<readonly [Decimal, Decimal]>
}

/**
 * The markets of a recording, and the steps of their prices and quantities, as far as its beginning shows them: what
 * `simulate` takes as `markets`. Resolves once 20,000 events, or all, were looked at.
 *
 * ```ts
 * const files = 'day.txt.gz'
 * const markets = await recordedSteps({ venue: binanceSpot, files })   // { BTCUSDT: { tick: '0.01000000', lot: '0.00001000' } }
 * const { transport, fetch, scheduler, finish } = simulate({ venue: binanceSpot, recording: { files, markets } })
 * ```
 *
 * @throws TypeError when the config cannot be meant.
 */
export const recordedSteps = checked(
  'recordedSteps',
  [aConfigOfVenue('a config { venue, files }')],
  async ({ venue, ...config }: RecordedStepsConfig): Promise<Readonly<Record<string, Steps>>> => {
    const client = createClient({ venue, communicator: replayCommunicator(config), onNotice: () => undefined })
    const seen = new Map<string, { readonly prices: Set<Decimal>; readonly quantities: Set<Decimal> }>()
    const look = (event: unknown) => {
      if (!isValues(event) || typeof event['symbol'] !== 'string') return
      const symbol = event['symbol'].toUpperCase()
      const { prices, quantities } = seen.get(symbol) ?? { prices: new Set(), quantities: new Set() }
      seen.set(symbol, { prices, quantities })
      for (const [price, quantity] of decimalsIn(event)) {
        if (typeof price === 'string' && decimal.test(price)) prices.add(price)
        if (typeof quantity === 'string' && decimal.test(quantity)) quantities.add(quantity)
      }
    }
    const looked = lastValueFrom(
      client.message$.pipe(
        tap(({ event }) => {
          for (const one of Array.isArray(event) ? event : [event]) look(one)
        }),
        take(LOOKED_AT),
      ),
      { defaultValue: undefined },
    )
    const connection = client.connect()
    await looked
    connection.unsubscribe()
    return Object.fromEntries(
      [...seen].flatMap(([symbol, { prices, quantities }]) => {
        const [tick, lot] = [stepOf(prices), stepOf(quantities)]
        return tick === undefined || lot === undefined ? [] : [[symbol, { tick, lot }]]
      }),
    )
  },
)
