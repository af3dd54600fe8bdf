import { milliseconds } from '../../codecs/Timestamp.js'
import { isTime } from '../record/isTime.js'

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The time that an event itself bears (`E`), wrapped, raw or first of an array, in ms since 1970; else undefined. */
export const eventTime = (text: string): number | undefined => {
  const message = parsed(text)
  const payload = fieldOf(message, 'data') ?? fieldOf(message, 'event') ?? message
  const time = fieldOf(Array.isArray(payload) ? payload[0] : payload, 'E')
  if (typeof time !== 'number') return undefined
  const ms = milliseconds(time)
  return isTime(ms) ? ms : undefined
}
