import type { Msg } from '@nats-io/transport-node'
import { signalReader, stampsOf } from './brokerMessage.js'
import type { Said } from './feed.js'
import { parseHeading } from './heading.js'

const utf8 = new TextDecoder()

/** A connector that missed so many of its headings is gone. */
export const MISSED = 3

/** What a message says, and which connector said it where that stands in its subject. */
export type Incoming = readonly [said: Said, connector: string]

/** Reads messages; `undefined` for what no connector of ours wrote. */
export const incomingReader = (statuses: string): ((message: Msg, sequence: number) => Incoming | undefined) => {
  const read = signalReader()
  const root = statuses.slice(0, -1)
  return ({ subject, data, headers }, sequence) => {
    const stamps = stampsOf(headers)
    if (!subject.startsWith(root)) {
      const signal = read(data, stamps, sequence)
      return signal && [{ _tag: 'Signal', signal, id: stamps.id }, '']
    }
    const [connector = '', what] = subject.slice(root.length).split('.')
    if (what !== 'heading') {
      const signal = read(data, stamps, sequence)
      return signal && [{ _tag: 'Signal', signal }, connector]
    }
    const heading = parseHeading(utf8.decode(data))
    const { receivedAt, every } = stamps
    // It holds until then, if no other follows.
    return heading && [{ _tag: 'Heading', heading, receivedAt, until: receivedAt + MISSED * every }, connector]
  }
}
