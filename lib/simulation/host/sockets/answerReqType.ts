import { isValues } from '../../../codecs/Values.js'
import type { Answer } from './Answered.js'
import { parsedJson } from './parsedJson.js'

const BAD_REQUEST = 100_400
const TOO_OFTEN = 100_410

const idOf = (text: string): string => {
  const value = parsedJson(text)?.value
  return isValues(value) && typeof value['id'] === 'string' ? value['id'] : ''
}

/** An error; a request whose id cannot be read is answered without one. */
const error = (text: string, code: number, msg: string) => {
  const id = idOf(text)
  return { ...(id !== '' && { id }), code, msg }
}

/** What BingX says to more requests than it takes in a second. */
export const reqTypeTooOften = (text: string): unknown => error(text, TOO_OFTEN, 'rate limit')

/** BingX's `{"id":"…","reqType":"sub","dataType":"…"}`: both documented forms of the answer, one for each type. */
export const answerReqType: Answer = (text, carried, { knows, now, streamsPerConnection }) => {
  const refused = (msg: string) => ({ reply: error(text, BAD_REQUEST, msg), carried })
  const value = parsedJson(text)?.value
  if (!isValues(value)) return refused('invalid request')
  const { reqType, dataType } = value
  const id = idOf(text)
  if (id === '') return refused('id: expected a text')
  if (reqType !== 'sub' && reqType !== 'unsub') return refused('reqType: expected sub or unsub')
  if (typeof dataType !== 'string' || !knows(dataType)) return refused('dataType: not supported')
  const streams = new Set(carried.streams)
  if (reqType === 'unsub') {
    streams.delete(dataType)
    const reply = { id, code: 0, msg: '', dataType: '', data: null }
    return { reply, carried: { ...carried, streams }, isDone: true }
  }
  streams.add(dataType)
  if (streams.size > streamsPerConnection) return refused('too many subscriptions')
  const reply = { id, code: 0, msg: 'SUCCESS', timestamp: now() }
  return { reply, carried: { ...carried, streams }, isDone: true }
}
