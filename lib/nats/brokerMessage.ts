import { headers, type MsgHdrs } from '@nats-io/transport-node'
import { formatRecorded, looksRecorded, parseRecorded } from '../communicators/record/recordedSignal.js'
import type { Signal, Source } from '../Signal.js'

/** The headers of a message, all that a consumer in another language needs to know. */
export const header = {
  /** When the signal happened, in ms since 1970, with its fraction. */
  receivedAt: 'Received-At',
  /** The source as JSON: its `id`, and its only `stream` and `symbol` where there is one. */
  source: 'Source',
  /** Of a depth snapshot, its symbol as payloads write it, as JSON. */
  symbol: 'Symbol',
  /** Of what a connector says of its connections from time to time, how often it does, in ms. */
  every: 'Every',
  /** By it the broker leaves out a message that comes again. */
  id: 'Nats-Msg-Id',
  /** The broker refuses the message where the last one of the stream has another sequence, or another id. */
  lastSequence: 'Nats-Expected-Last-Sequence',
  lastId: 'Nats-Expected-Last-Msg-Id',
} as const

/** A surrogate without its other half: UTF-8 has no bytes for it, JSON has an escape. */
const lone = /\p{Surrogate}/u

/** What is sent of a signal: the exact text of a frame or snapshot, and anything else as a recording has it. */
export const bodyOf = (signal: Signal): string => {
  if (signal._tag !== 'Frame' && signal._tag !== 'Reply') return formatRecorded(signal)
  const { _tag, text } = signal
  if (!looksRecorded(text) && !lone.test(text)) return text
  return formatRecorded(_tag === 'Frame' ? { _tag, text } : { _tag, text, symbol: signal.symbol })
}

const sourceTexts = new WeakMap<Source, string>()

const sourceText = (source: Source): string => {
  const known = sourceTexts.get(source)
  if (known !== undefined) return known
  const { id, stream, symbol } = source
  const text = JSON.stringify({ id, stream, symbol })
  sourceTexts.set(source, text)
  return text
}

/** What stands beside the body. */
export const headersOf = (signal: Signal, id: string): MsgHdrs => {
  const made = headers()
  made.append(header.id, id)
  made.append(header.receivedAt, String(signal.receivedAt))
  if (signal.source !== undefined) made.append(header.source, sourceText(signal.source))
  if (signal._tag === 'Reply') made.append(header.symbol, JSON.stringify(signal.symbol))
  return made
}

/** A mark at the beginning of a text is a part of it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** What the headers of a message say; empty texts stand for those that are absent. */
export interface Stamps {
  readonly id: string
  readonly receivedAt: number
  readonly source: string
  readonly symbol: string
  readonly every: number
}

/** Reads them in one pass: each look-up by name would go through all of them. */
export const stampsOf = (headers: MsgHdrs | undefined): Stamps => {
  let [id, receivedAt, source, symbol, every] = ['', '', '', '', '']
  for (const [name, [value = '']] of headers ?? [])
    if (name === header.id) id = value
    else if (name === header.receivedAt) receivedAt = value
    else if (name === header.source) source = value
    else if (name === header.symbol) symbol = value
    else if (name === header.every) every = value
  return { id, receivedAt: receivedAt === '' ? NaN : Number(receivedAt), source, symbol, every: Number(every) }
}

/** Reads messages of one consumer: one object for each source, however many frames it brings. */
export const signalReader = (): ((data: Uint8Array, stamps: Stamps, sequence: number) => Signal | undefined) => {
  const sources = new Map<string, Source>()
  const sourceOf = (text: string): Source | undefined => {
    const known = sources.get(text)
    if (known !== undefined || text === '') return known
    const source = readSource(text)
    if (sources.size >= MOST_SOURCES) sources.clear()
    if (source !== undefined) sources.set(text, source)
    return source
  }
  return (data, { receivedAt, source: from, symbol }, sequence) => {
    if (!(receivedAt >= 0)) return undefined
    const text = utf8.decode(data)
    const source = sourceOf(from)
    const stamp = source === undefined ? { receivedAt, sequence } : { receivedAt, source, sequence }
    if (looksRecorded(text)) {
      const recorded = parseRecorded(text)
      return recorded === undefined || recorded._tag === 'Source' ? undefined : { ...recorded, ...stamp }
    }
    return symbol === ''
      ? { _tag: 'Frame', text, ...stamp }
      : { _tag: 'Reply', symbol: String(JSON.parse(symbol)), text, ...stamp }
  }
}

const MOST_SOURCES = 10_000

const readSource = (text: string): Source | undefined => {
  try {
    const { id, stream, symbol } = JSON.parse(text) as Partial<Source>
    return id === undefined
      ? undefined
      : { id, ...(stream !== undefined && { stream }), ...(symbol !== undefined && { symbol }) }
  } catch {
    return undefined
  }
}
