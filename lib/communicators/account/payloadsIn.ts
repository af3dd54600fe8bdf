import { isValues, type Values } from '../../codecs/Values.js'
import type { Venue } from '../../venues/Venue.js'

/** Where the payload of a frame may be: itself, or in its wrapper; nothing for what is no JSON object. */
export const payloadsIn = (text: string, { envelope }: Pick<Venue, 'envelope'>): readonly Values[] => {
  const value = parsed(text)
  if (!isValues(value)) return []
  return [value, value[envelope.data], value[envelope.account ?? envelope.data]].filter(isValues)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
