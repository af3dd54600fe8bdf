import { isValues } from '../../codecs/Values.js'
import type { Instrument } from '../exchange/Instrument.js'
import { orderEntry, type OrderEntry } from '../exchange/orderEntry.js'
import { startingBalances } from '../exchange/Wallet.js'
import type { Markets } from '../market/markets.js'
import type { Trading } from '../venues/Trading.js'
import { faultyDelivery } from './faults.js'
import type { ListenKeys } from './listenKeys.js'
import type { Publisher } from './publisher.js'
import type { ServerContext } from './ServerContext.js'
import type { VenueAccount } from './VenueConfig.js'

/** What accounts trade with. */
export interface TradingConfig {
  readonly context: ServerContext
  readonly trading: Trading
  readonly accounts: readonly VenueAccount[]
  readonly markets: Markets
  /** By symbol. */
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly publisher: Publisher
  readonly keys: ListenKeys
  readonly random: () => number
}

const LENGTH = 22
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The name of the account that stands at this place of the list. */
export const accountName = (place: number): string => `account ${place}`

/** Lets accounts trade in the venue's own markets. @throws TypeError for a balance that is no amount. */
export const startTrading = (config: TradingConfig): OrderEntry => {
  const { context, trading, accounts, markets, instruments, publisher, random } = config
  const startOf = (balances: VenueAccount['balances']) =>
    startingBalances(trading.assets, instruments.values(), balances)
  const listed = new Map(accounts.map(({ balances }, i) => [accountName(i), startOf(balances)]))
  const tell = accountEvents(config)
  const letter = () => letters.charAt(Math.floor(random() * letters.length))
  return orderEntry({
    instruments,
    now: context.now,
    book: markets.book,
    act: (symbol, action) => markets.act(symbol, action, context.now()),
    take: (symbol, side, price, quantity) => markets.take(symbol, side, price, quantity, context.now()),
    publish: publisher.publish,
    wallet: (account, open) =>
      trading.wallet({ balances: listed.get(account) ?? startOf(undefined), open, fees: trading.fees }),
    firstOrderId: trading.firstOrderId,
    newClientOrderId: () => Array.from({ length: LENGTH }, letter).join(''),
    executed: (execution) => tell(execution.order.account, trading.events(execution)),
    changed: (change) => tell(change.account, trading.changeEvents?.(change) ?? []),
    ...(trading.refusedTimes && { refusedTimes: trading.refusedTimes }),
  })
}

/** Sends an account its events, written by the codecs of the venue's table. */
const accountEvents = ({ context, trading, keys, publisher }: TradingConfig) => {
  const { venue, faults, behaviour } = context
  const deliver = faultyDelivery(faults.account)
  return (account: string, events: ReturnType<Trading['events']>): void => {
    // Where accounts subscribe by requests, they are known by their names.
    const listenKey = behaviour.api === undefined ? keys.of(account) : account
    if (listenKey === undefined) return
    for (const [e, event] of events) {
      const row = venue.account[e]
      // What the venue says and no row reads stands as it does on the wire.
      const encoded: unknown = row === undefined ? event : row.event.encode(event)
      if (isValues(encoded)) deliver(account, () => publisher.sendAccount(listenKey, e, trading.wire(encoded)))
    }
  }
}
