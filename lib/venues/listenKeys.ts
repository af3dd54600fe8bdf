import { maskListenKeys } from '../codecs/maskListenKeys.js'
import type { Envelope } from './Venue.js'

/** Puts `<listenKey>` in place of every listen key in a venue's frames. */
export const listenKeyMask =
  ({ stream, isListenKey = () => false }: Envelope): ((text: string) => string) =>
  (text) =>
    maskListenKeys(text, { stream, isListenKey })
