import type { Status } from '../core.js'

type StatusOf<T> = Extract<Status, { readonly _tag: T }>
interface Placed {
  readonly file: string
  readonly offset: number
  readonly reason: string
}

const atOffset = ({ file, offset, reason }: Placed) => `${file}, byte ${offset}: ${reason}`
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

/** What is said of a status. */
const texts: { readonly [T in Status['_tag']]: (status: StatusOf<T>) => string } = {
  Connecting: () => 'connecting',
  Connected: () => 'connected',
  Disconnected: ({ code, reason }) => `connection lost: ${reason === '' ? code : reason}`,
  Waiting: ({ delay, attempt, reason = '' }) =>
    `no connection: ${reason === '' ? 'no reason given' : reason}; attempt ${attempt + 1} in ${seconds(delay)}`,
  Paused: ({ delay, reason }) => `asks for nothing for ${seconds(delay)}, as the venue takes nothing more: ${reason}`,
  Rotating: ({ reason }) => `changes to a new connection: ${reason}`,
  Closed: () => 'closed',
  Acknowledged: ({ stream }) => `${stream} comes`,
  Unsubscribed: ({ stream }) => `${stream} was let go`,
  Rejected: ({ stream, reason }) => `${stream} was rejected: ${reason}`,
  Silent: ({ stream, quiet }) =>
    `nothing came on ${stream} for ${seconds(quiet)}: venues say nothing of a symbol that is none`,
  Probing: ({ reason }) => `asks over another connection: ${reason}`,
  Carried: ({ account }) => `${account} is heard`,
  Uncarried: ({ account, reason }) => `${account} is not heard: ${reason}`,
  Reconciling: ({ reason }) => `asks for what was missed: ${reason}`,
  Reconciled: ({ buffered }) => `has what was missed; ${buffered} events waited`,
  Lagging: ({ lag }) => `this process was blocked for ${seconds(lag)}`,
  ClockStepped: ({ by }) => `the clock was stepped by ${by} ms`,
  FileFormat: ({ file, format, known, lacks }) =>
    `${file} is read as ${format}${known === 'guessed' ? ', as its first bytes say' : ''}${lacks === '' ? '' : `; it does not hold ${lacks}`}`,
  BadRecord: atOffset,
  BadFile: atOffset,
  Unverified: atOffset,
  NotRecorded: ({ reason }) => `not recorded: ${reason}`,
  Repaired: atOffset,
  BrokerConnected: ({ server }) => `has the broker ${server}`,
  BrokerDisconnected: ({ reason }) => `the broker is lost: ${reason}`,
  BrokerLag: ({ behind, lag }) =>
    behind === 0 ? 'has all that the broker has' : `is ${behind} messages, ${seconds(lag)}, behind the broker`,
  BrokerGap: ({ from, to, reason }) => `messages ${from} to ${to} of the broker are gone: ${reason}`,
  NotPublished: ({ count, reason }) => `${count} signals were not published: ${reason}`,
  Missing: ({ stream }) => `the recording holds nothing of ${stream}`,
  Unsynced: ({ symbol, reason }) => `the book of ${symbol} is not synced: ${reason}`,
  Unfed: ({ kind }) => `nothing carries ${kind}`,
  Unmerged: ({ stream, reason }) => `${stream} is not merged: ${reason}`,
}

/** A status in words, with the source that it is of. */
export const statusText = (status: Status): string => {
  // Each row is asked of its own status only.
  const text = texts[status._tag] as (status: Status) => string
  return `${status.source === undefined ? '' : `${status.source.id}: `}${text(status)}`
}
