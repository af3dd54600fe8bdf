import type * as t from 'io-ts'
import { Text } from '../codecs/Text.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('Done', undefined, {
  /** What the venue says of it, in its words. `msg` */
  text: ['msg?', Text],
})

/** It was done, and there is nothing more to say of it. */
export interface Done extends t.TypeOf<typeof codec> {}
export const Done: Wire<Done> = codec
