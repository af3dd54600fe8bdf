import type * as t from 'io-ts'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'
import { BingxAccountChange } from './BingxAccountChange.js'

const codec = wire('BingxAccountUpdate', 'ACCOUNT_UPDATE', {
  eventTime: ['E', Timestamp],
  transactionTime: ['T?', Timestamp],
  account: ['a', BingxAccountChange],
})

/** Balances of BingX changed. */
export interface BingxAccountUpdate extends t.TypeOf<typeof codec> {}
export const BingxAccountUpdate: Wire<BingxAccountUpdate> = codec
