import { throwError } from 'rxjs'
import type { ParseError } from '../parser/ParseError.js'
import type { Status } from '../Signal.js'
import { shown } from '../venues/grammar.js'
import type { ControlMessage } from '../venues/ControlMessage.js'
import type { Venue } from '../venues/Venue.js'

/** Hears what went wrong while nobody listened: a text, and the value of `status$` or `parseError$` that it is about. */
export type OnNotice = (text: string, about?: Status | ParseError) => void

/** Says each thing once, whether it is a status, an error or a text. */
export interface Notices {
  readonly status: (status: Status) => void
  readonly parseError: (error: ParseError) => void
  readonly venueError: (error: VenueError) => void
  readonly say: (text: string) => void
}

/** More are not said one by one. */
const MOST = 20

/** A text is cut here. */
const LONGEST = 500

/** What is said of a status, and of what it is said once. */
interface Row<S> {
  readonly once: (status: S) => string
  readonly text: (status: S) => string
}
type VenueError = Extract<ControlMessage, { readonly type: 'error' }>
type StatusOf<T> = Extract<Status, { readonly _tag: T }>

const ofFile = ({ file }: { readonly file: string }) => file
const ofStream = ({ stream }: { readonly stream: string }) => stream
const ofLacks = ({ lacks }: { readonly lacks: string }) => lacks
const ofReason = ({ reason }: { readonly reason?: string }) => reason ?? ''
const atOffset = ({ file, offset, reason }: StatusOf<'BadFile' | 'BadRecord' | 'Unverified'>) =>
  `${file}, byte ${offset}: ${reason}`

/** What everybody should know; every other status is the usual course of things. */
const rows: { readonly [T in Status['_tag']]?: Row<StatusOf<T>> } = {
  Waiting: {
    once: ofReason,
    text: ({ reason = 'no reason given', delay }) =>
      `no connection: ${reason}; the next attempt is in ${Math.round(delay)} ms`,
  },
  Paused: {
    once: () => '',
    text: ({ delay, reason }) => `nothing is asked for ${delay} ms, as the venue takes nothing more: ${reason}`,
  },
  Rejected: { once: ofStream, text: ({ stream, reason }) => `${stream} was rejected: ${reason}` },
  Silent: {
    once: ofStream,
    text: ({ stream, quiet }) =>
      `nothing came on ${stream} for ${quiet} ms: venues say nothing of a symbol that is none`,
  },
  FileFormat: {
    once: ofLacks,
    text: ({ file, format, known, lacks }) =>
      `${file} is read as ${format}${known === 'guessed' ? ', as its first bytes say' : ''}${lacks === '' ? '' : `; it does not hold ${lacks}`}`,
  },
  BadRecord: { once: ofFile, text: atOffset },
  BadFile: { once: ofFile, text: atOffset },
  Unverified: { once: ofFile, text: atOffset },
  NotRecorded: { once: ofReason, text: ({ reason }) => `not recorded: ${reason}` },
  BrokerGap: {
    once: ofReason,
    text: ({ from, to, reason }) => `messages ${from} to ${to} of the broker are gone: ${reason}`,
  },
  NotPublished: { once: ofReason, text: ({ count, reason }) => `${count} signals were not published: ${reason}` },
  Missing: { once: ofStream, text: ({ stream }) => `${stream} was wanted, and nothing came on it` },
  Unsynced: {
    once: ({ symbol }) => symbol,
    text: ({ symbol, reason }) => `the book of ${symbol} is not synced: ${reason}`,
  },
  Unfed: {
    once: ({ kind }) => kind,
    text: ({ kind }) =>
      `${kind}$ has a listener, and nothing carries it: name a stream of this kind in \`streams\`, or take client.stream`,
  },
  Unmerged: { once: ofStream, text: ({ stream, reason }) => `${stream} is not merged: ${reason}` },
}

/** What is said of an error, and of what it is said once. */
const errorText = (error: ParseError, { name }: Venue): readonly [once: string, text: string] => {
  switch (error._tag) {
    case 'UnknownStream': {
      const { stream = 'without a name', event } = error
      const what = event === undefined ? '' : `, event ${shown(event)}`
      return ['', `frames came of streams that ${name} does not have, the first: ${shown(stream)}${what}`]
    }
    case 'InvalidEvent':
      return [error.kind, `${error.kind} of ${shown(error.stream)} is not as it should be: ${error.reason}`]
    default:
      return ['', error.reason]
  }
}

/** The default: where programs write warnings. */
const warn: OnNotice = (text) => console.warn(text)

/**
 * Says once each what nobody listens to and everybody should know; `hasCome` tells whether a stream ever brought
 * anything. What `onNotice` throws goes where RxJS sends what observers throw.
 */
export const createNotices = (
  venue: Venue,
  onNotice: OnNotice = warn,
  hasCome: (stream: string) => boolean,
): Notices => {
  const said = new Set<string>()
  /** A connection was open, so that its loss is nothing that anybody has to know. */
  let wasOpen = false

  const notice = (text: string, about?: Status | ParseError) => {
    const clean = text.replace(/\p{Cc}/gu, ' ')
    const short = clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean
    try {
      onNotice(`aster-rx, ${venue.name}: ${short}`, about)
    } catch (error) {
      throwError(() => error).subscribe()
    }
  }
  const once = (key: string, text: () => string, about?: Status | ParseError) => {
    if (said.has(key) || said.size > MOST) return
    said.add(key)
    if (said.size > MOST) notice('more goes wrong than is said here: listen to client.status$ and client.parseError$')
    else notice(text(), about)
  }

  return {
    venueError: ({ code, message }) =>
      once(`error ${code}`, () => `the venue sent an error: ${code} ${shown(message)}`.trimEnd()),
    say: (text) => once(text, () => text),
    status: (status) => {
      if (status._tag === 'Connected') wasOpen = true
      const isUsual =
        status._tag === 'Waiting'
          ? wasOpen
          : status._tag === 'FileFormat'
            ? status.lacks === ''
            : status._tag === 'Silent' && hasCome(status.stream)
      if (status._tag === 'Waiting') wasOpen = false
      // Each row is asked of its own status only.
      const row = rows[status._tag] as Row<Status> | undefined
      if (row !== undefined && !isUsual) once(`${status._tag} ${row.once(status)}`, () => row.text(status), status)
    },
    parseError: (error) => {
      const [key, text] = errorText(error, venue)
      once(`${error._tag} ${key}`, () => text, error)
    },
  }
}
