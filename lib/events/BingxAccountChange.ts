import type * as t from 'io-ts'
import { many } from '../codecs/many.js'
import { wire, type Wire } from '../codecs/wire.js'
import { changeFields } from './AccountChange.js'
import { BingxBalance } from './BingxBalance.js'

const codec = wire('BingxAccountChange', undefined, { ...changeFields, balances: ['B', many(BingxBalance)] })

/** The balances of BingX that changed, and why. */
export interface BingxAccountChange extends t.TypeOf<typeof codec> {}
export const BingxAccountChange: Wire<BingxAccountChange> = codec
