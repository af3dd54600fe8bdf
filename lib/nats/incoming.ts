import type { Msg } from '@nats-io/transport-node'
import { header, signalReader } from './brokerMessage.js'
import type { Said } from './feed.js'
import { parseHeading } from './heading.js'

const utf8 = new TextDecoder()

/** A connector that missed so many of its headings is gone. */
export const MISSED = 3

/** Until when a heading holds, if no other follows. */
const heldUntil = (receivedAt: number, { headers }: Msg): number =>
  receivedAt + MISSED * Number(headers?.get(header.every))

/** What a message says, and which connector said it where that stands in its subject. */
export type Incoming = readonly [said: Said, connector: string]

/** Reads messages; `undefined` for what no connector of ours wrote. */
export const incomingReader = (statuses: string): ((message: Msg, sequence: number) => Incoming | undefined) => {
  const read = signalReader()
  const root = statuses.slice(0, -1)
  return (message, sequence) => {
    if (!message.subject.startsWith(root)) {
      const signal = read(message, sequence)
      return signal && [{ _tag: 'Signal', signal, id: message.headers?.get(header.id) ?? '' }, '']
    }
    const [connector = '', what] = message.subject.slice(root.length).split('.')
    if (what !== 'heading') {
      const signal = read(message, sequence)
      return signal && [{ _tag: 'Signal', signal }, connector]
    }
    const heading = parseHeading(utf8.decode(message.data))
    const receivedAt = Number(message.headers?.get(header.receivedAt))
    const until = heldUntil(receivedAt, message)
    return heading && [{ _tag: 'Heading', heading, receivedAt, until }, connector]
  }
}
