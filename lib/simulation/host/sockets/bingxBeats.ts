import { isValues } from '../../../codecs/Values.js'
import { parsedJson } from './parsedJson.js'
import type { TextBeat, TextBeats } from './TextBeats.js'

const PONG = 'Pong'

const plain = (): TextBeat => ({ text: 'Ping', answer: PONG })

const timed = (n: number, now: number): TextBeat => {
  const ping = n.toString(16).padStart(32, '0')
  const time = new Date(now).toISOString()
  return { text: JSON.stringify({ ping, time }), answer: `${ping} ${time}` }
}

/** BingX's: the text `Ping`, and an object that must come back, in turn. */
export const bingxBeats: TextBeats = {
  beat: (n, now) => (n % 2 === 0 ? plain() : timed(n, now)),
  answered: (text) => {
    if (text === PONG) return PONG
    const value = parsedJson(text)?.value
    if (!isValues(value) || typeof value['pong'] !== 'string') return undefined
    return `${value['pong']} ${String(value['time'])}`
  },
}
