import { closeSync, openSync, readSync } from 'node:fs'
import { constants, gunzipSync } from 'node:zlib'

/** How a recording is written, judged by its first records. */
export interface Format {
  readonly timestamps: 'ms' | 'us' | 'ns' | 's' | 'iso' | 'none'
  readonly separator: string
  /** The depth updates name the one before (`pu`): Aster's; without it, Binance's. */
  readonly venue: 'asterFutures' | 'binanceSpot'
}

const PEEK = 262_144

const firstText = (file: string): string => {
  const buffer = Buffer.alloc(PEEK)
  const handle = openSync(file, 'r')
  const bytes = buffer.subarray(0, readSync(handle, buffer))
  closeSync(handle)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (isGzip ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes).toString('utf8')
}

const unitByDigits = { 10: 's', 13: 'ms', 16: 'us', 19: 'ns' } as const

/** Judges by the first record that looks like `<time><separator>{…}`. */
export const guessFormat = (file: string): Format => {
  const text = firstText(file)
  const found = /(?:^|\n)(\d{4}-[\d-]+T[\d:.]+Z?|[\d.]*)([^\d[{]*)[[{]/.exec(text)
  const [, time = '', separator = ''] = found ?? []
  const digits = /^\d+/.exec(time)?.[0].length
  const unit = Object.entries(unitByDigits).find(([length]) => Number(length) === digits)?.[1]
  return {
    timestamps: time === '' ? 'none' : (unit ?? 'iso'),
    separator: separator === '' ? ' ' : separator,
    venue: /"e":"depthUpdate"[^}]*?"b":/.exec(text)?.[0].includes('"pu":') === false ? 'binanceSpot' : 'asterFutures',
  }
}
