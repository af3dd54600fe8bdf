import { Decimal } from '../../codecs/Decimal.js'
import type { VenueAccount } from '../host/VenueAccount.js'
import type { Instrument } from './Instrument.js'
import { money, ONE, type Money } from './Money.js'
import type { Trading } from './Trading.js'

const MONEY = 1_000_000n * ONE
const GOODS = 1_000n * ONE

const read = (asset: string, text: string): Money => {
  const amount = Decimal.is(text) ? money(text) : undefined
  if (amount === undefined || amount < 0n)
    throw new TypeError(
      `balances.${asset}: expected a decimal from 0 on with at most 8 digits behind the point, came '${text}'`,
    )
  return amount
}

/** What an account has to begin with. @throws TypeError for a balance that is no amount. */
export const startingBalances = (
  { assets }: Pick<Trading, 'assets'>,
  instruments: Iterable<Instrument>,
  balances: VenueAccount['balances'],
): Readonly<Record<string, Money>> => {
  if (balances !== undefined)
    return Object.fromEntries(Object.entries(balances).map(([asset, text]) => [asset, read(asset, text)]))
  const all = [...instruments]
  const quotes = new Set(all.map(({ quote }) => quote))
  return Object.fromEntries(all.flatMap(assets).map((asset) => [asset, quotes.has(asset) ? MONEY : GOODS]))
}
