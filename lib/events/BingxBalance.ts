import type * as t from 'io-ts'
import { LooseDecimal } from '../codecs/LooseDecimal.js'
import { wire, type Wire } from '../codecs/wire.js'
import { balanceFields } from './balanceFields.js'

const codec = wire('BingxBalance', undefined, {
  ...balanceFields(LooseDecimal),
  locked: ['lk?', LooseDecimal],
})

/** What a wallet of BingX holds of one asset. */
export interface BingxBalance extends t.TypeOf<typeof codec> {}
export const BingxBalance: Wire<BingxBalance> = codec
