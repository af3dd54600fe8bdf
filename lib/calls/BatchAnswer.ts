import * as t from 'io-ts'
import type { Codec } from '../codecs/Codec.js'
import { Integer } from '../codecs/Integer.js'
import { Text } from '../codecs/Text.js'
import { isValues, type Values } from '../codecs/Values.js'
import { wire, type Wire } from '../codecs/wire.js'
import { AsterFuturesOrder } from './AsterFuturesOrder.js'

const refusalCodec = wire('BatchRefusal', undefined, {
  /** The venue's code of what is wrong with it. `code` */
  code: ['code', Integer],
  /** What is wrong with it, in the venue's words. `msg` */
  text: ['msg', Text],
})

/** An order of a batch that was refused. */
export interface BatchRefusal extends t.TypeOf<typeof refusalCodec> {}
export const BatchRefusal: Wire<BatchRefusal> = refusalCodec

/** What became of one order of a batch; the others went on. */
export type BatchAnswer =
  { readonly _tag: 'Accepted'; readonly order: AsterFuturesOrder } | ({ readonly _tag: 'Refused' } & BatchRefusal)

/** An order has an id, and an error a code. */
const isRefusal = (u: unknown): u is Values => isValues(u) && 'code' in u && !('orderId' in u)

const validate: t.Validate<unknown, BatchAnswer> = (u, context) => {
  if (isRefusal(u)) {
    const result = BatchRefusal.validate(u, context)
    return result._tag === 'Left' ? result : t.success({ _tag: 'Refused', ...result.right })
  }
  const result = AsterFuturesOrder.validate(u, context)
  return result._tag === 'Left' ? result : t.success({ _tag: 'Accepted', order: result.right })
}

export const BatchAnswer: Codec<BatchAnswer> = Object.assign(
  new t.Type<BatchAnswer, unknown, unknown>(
    'BatchAnswer',
    (u): u is BatchAnswer =>
      isValues(u) && (u['_tag'] === 'Accepted' ? AsterFuturesOrder.is(u['order']) : BatchRefusal.is(u)),
    validate,
    (answer) => (answer._tag === 'Accepted' ? AsterFuturesOrder.encode(answer.order) : BatchRefusal.encode(answer)),
  ),
  {
    fast: (u: unknown): BatchAnswer | undefined => {
      const result = validate(u, [])
      return result._tag === 'Right' ? result.right : undefined
    },
  },
)
