/** A shorter piece of a text is a copy of its own in V8; a longer one is a view, which keeps the whole text in memory. */
const COPIED = 12

/** It is in memory of its own, whatever it was cut from. */
const isFlat = (text: string): boolean => text.length <= COPIED

/** The same text in memory of its own: for whatever lives longer than the frame that it was cut from. */
export const flat = (text: string): string => {
  if (!isFlat(text)) return copied(text) // F69
  return text
}

const copied = (text: string): string => {
  let copy = ''
  for (let at = 0; at < text.length; at += COPIED) copy += text.slice(at, at + COPIED)
  return copy
}
