import { gunzipSync } from 'node:zlib'
import { isValues } from '../../../codecs/Values.js'
import type { Venue } from '../../../venues/Venue.js'

/**
 * The text of a binary message: inflated where the venue compresses its frames, to at most `most` bytes. Whatever is
 * no such text is shown, never JSON, so that it is counted and reported like every other frame.
 */
export const decompressed = (bytes: Uint8Array, compression: Venue['compression'], most: number): string => {
  if (compression === undefined) return shown(bytes)
  try {
    const inflated = gunzipSync(bytes, {
      maxOutputLength: most, // F42
    })
    return inflated.toString()
  } catch (error) {
    const isBomb = isValues(error) && error['code'] === 'ERR_BUFFER_TOO_LARGE'
    return shown(bytes, isBomb ? `${compression} of more than ${most} bytes` : `no ${compression}, or not whole`)
  }
}

/** Only how many bytes came, and never what they are: on the connection of an account it may be its listen key. */
const shown = ({ length }: Uint8Array, why?: string): string =>
  `<binary, ${length} bytes${why === undefined ? '' : `: ${why}`}>`
