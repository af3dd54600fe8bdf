import { bitcoinScale } from '../market/Scale.js'
import type { Venue } from '../../venues/Venue.js'
import type { Engine } from '../market/engine.js'
import type { ListenKeys } from '../host/rest/listenKeys.js'
import type { Publisher } from '../host/publisher.js'
import type { VenueAccount } from '../host/VenueAccount.js'
import type { VenueFaults } from '../host/faults/VenueFaults.js'
import { accountFeed } from './accountFeed.js'
import { createDesk } from './createDesk.js'
import type { Desk } from './Desk.js'
import { instrument } from './Instrument.js'
import { startingBalances } from './startingBalances.js'
import type { Trading } from './Trading.js'

/** What accounts trade with. */
export interface TradingConfig {
  readonly venue: Venue
  readonly trading: Trading
  readonly accounts: readonly VenueAccount[]
  readonly engine: Engine
  readonly publisher: Publisher
  readonly keys: ListenKeys
  readonly faults: Pick<VenueFaults, 'account'>
  readonly random: () => number
  readonly now: () => number
}

const LENGTH = 22
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Lets accounts trade on the venue's own markets. @throws TypeError for a balance that is no amount. */
export const startTrading = (config: TradingConfig): Desk => {
  const { venue, trading, accounts, engine, publisher, keys, faults, random, now } = config
  const instruments = new Map(engine.symbols.map((symbol) => [symbol, instrument(symbol, bitcoinScale)]))
  const startOf = (balances: VenueAccount['balances']) => startingBalances(trading, instruments.values(), balances)
  const listed = new Map(accounts.map(({ balances }, i) => [`account ${i}`, startOf(balances)]))
  const letter = () => letters.charAt(Math.floor(random() * letters.length))
  return createDesk({
    instruments,
    now,
    book: engine.book,
    act: (symbol, action) => engine.act(symbol, action, now()),
    publish: publisher.publish,
    wallet: (account, open) =>
      trading.wallet({ balances: listed.get(account) ?? startOf(undefined), open, fees: trading.fees }),
    firstOrderId: trading.firstOrderId,
    newClientOrderId: () => Array.from({ length: LENGTH }, letter).join(''),
    executed: accountFeed({
      venue,
      trading,
      faults: faults.account,
      listenKeyOf: keys.of,
      send: publisher.sendAccount,
    }),
  })
}
