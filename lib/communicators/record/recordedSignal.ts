import type { Source, Unstamped } from '../../Signal.js'

/** A signal that is no plain frame, as a recording keeps it: one JSON text, without its time, its source and its sequence. */
export type RecordedSignal =
  | Unstamped
  | { readonly _tag: 'Reply'; readonly symbol: string; readonly text: string }
  /** A frame whose text cannot stand as it is. */
  | { readonly _tag: 'Frame'; readonly text: string }
  /** From here on signals come from this source; without an `id` from none. */
  | ({ readonly _tag: 'Source' } & Partial<Source> & HeadingMark)

/** Marks the sources of what a part begins with: its signals say again what was so before it. */
export interface HeadingMark {
  /** What it holds: `connections`, or `books`, and those too. */
  readonly heading?: string | undefined
  /** The time of the last record before it, in ms since 1970; absent where something before it is missing. */
  readonly after?: number | undefined
}

type Tag = RecordedSignal['_tag']
type Kind = 'text' | 'number' | 'text?' | 'number?' | 'texts?'
type KindOf<V> = [V] extends [number]
  ? 'number'
  : [V] extends [string]
    ? 'text'
    : [V] extends [number | undefined]
      ? 'number?'
      : [V] extends [string | undefined]
        ? 'text?'
        : 'texts?'
type Fields<S> = { readonly [K in keyof S as Exclude<K, '_tag'>]-?: KindOf<S[K]> }

const fields: { readonly [T in Tag]: Fields<Extract<RecordedSignal, { readonly _tag: T }>> } = {
  Frame: { text: 'text' },
  Reply: { symbol: 'text', text: 'text' },
  Source: { id: 'text?', stream: 'text?', symbol: 'text?', heading: 'text?', after: 'number?' },
  Connecting: {},
  Connected: {},
  Disconnected: { code: 'number', reason: 'text' },
  Waiting: { delay: 'number', attempt: 'number', reason: 'text?' },
  Paused: { delay: 'number', reason: 'text' },
  Rotating: { reason: 'text' },
  Probing: { reason: 'text' },
  Closed: {},
  Acknowledged: { stream: 'text' },
  Unsubscribed: { stream: 'text' },
  Rejected: { stream: 'text', code: 'number?', reason: 'text' },
  Silent: { stream: 'text', quiet: 'number' },
  Carried: { account: 'text' },
  Uncarried: { account: 'text', reason: 'text' },
  Reconciling: { reason: 'text', since: 'number', dropped: 'number' },
  Reconciled: { buffered: 'number' },
  Lagging: { lag: 'number' },
  ClockStepped: { by: 'number' },
  FileFormat: { file: 'text', format: 'text', known: 'text', lacks: 'text', ids: 'text?', absent: 'texts?' },
  BadRecord: { file: 'text', offset: 'number', reason: 'text', time: 'number?' },
  BadFile: { file: 'text', offset: 'number', reason: 'text', from: 'number?', to: 'number?' },
  Unverified: { file: 'text', offset: 'number', reason: 'text' },
  NotRecorded: { reason: 'text' },
  Repaired: { file: 'text', offset: 'number', bytes: 'number', reason: 'text' },
  BrokerConnected: { server: 'text' },
  BrokerDisconnected: { reason: 'text' },
  BrokerLag: { behind: 'number', lag: 'number' },
  BrokerGap: { from: 'number', to: 'number', reason: 'text' },
  NotPublished: { count: 'number', reason: 'text' },
  Missing: { stream: 'text' },
  Unsynced: { symbol: 'text', reason: 'text' },
  Unfed: { kind: 'text' },
  Unmerged: { stream: 'text', reason: 'text' },
}

const START = '{"_tag":"'

/** Whether a text is one of these, or would be taken for one. */
export const looksRecorded = (text: Pick<string, 'startsWith'>): boolean => text.startsWith(START)

/** Whether a text is the beginning of one of these, or may be if it goes on. */
export const mayBeRecorded = (text: string): boolean => looksRecorded(text) || START.startsWith(text)

const isText = (value: unknown) => typeof value === 'string'

const fits = (value: unknown, kind: Kind): boolean => {
  if (value === undefined) return kind.endsWith('?')
  if (kind === 'texts?') return Array.isArray(value) && value.every(isText)
  return kind.startsWith('text') ? isText(value) : typeof value === 'number'
}

const isRecordedSignal = (value: unknown): value is RecordedSignal => {
  if (typeof value !== 'object' || value === null || !('_tag' in value)) return false
  const expected = Object.entries(fields).find(([tag]) => tag === value._tag)?.[1]
  if (expected === undefined) return false
  return Object.entries<Kind>(expected).every(([key, kind]) => fits(Reflect.get(value, key), kind))
}

/** Reads one; undefined when it is none of the known ones, or lacks a field. */
export const parseRecorded = (text: string): RecordedSignal | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isRecordedSignal(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Writes one: its tag comes first, time and source are left out. */
export const formatRecorded = ({ _tag, ...rest }: RecordedSignal): string =>
  JSON.stringify({ _tag, ...rest, receivedAt: undefined, source: undefined, sequence: undefined })
