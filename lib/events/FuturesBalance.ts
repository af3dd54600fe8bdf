import type * as t from 'io-ts'
import { Decimal } from '../codecs/Decimal.js'
import { wire, type Wire } from '../codecs/wire.js'
import { balanceFields } from './balanceFields.js'

const codec = wire('FuturesBalance', undefined, balanceFields(Decimal))

/** What a futures wallet holds of one asset. */
export interface FuturesBalance extends t.TypeOf<typeof codec> {}
export const FuturesBalance: Wire<FuturesBalance> = codec
