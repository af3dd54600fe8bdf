import { Subject } from 'rxjs'
import type { Communicator, Sent } from '../../Communicator.js'
import type { Source } from '../../../Signal.js'
import type { Socket } from '../transport/Transport.js'

/** What others may ask of a connection. */
export interface Asked {
  readonly source: Source
  /** How many streams it has to ask for. */
  readonly unasked: () => number
  /** Sends a text that is none of its own requests: false where it is not open, or too many wait. */
  readonly send: (text: string) => boolean
}

/** What leaves on all sockets of a communicator, and what waits there. */
export interface Sending {
  readonly sent$: Subject<Sent>
  readonly connections: Set<Asked>
  /** Every session connects anew; the reason is said. */
  readonly reconnect$: Subject<string>
}

export const newSending = (): Sending => ({ sent$: new Subject(), connections: new Set(), reconnect$: new Subject() })

/** What a communicator says of it, and lets others do. */
export const toldOf = ({
  sent$,
  connections,
  reconnect$,
}: Sending): Required<Pick<Communicator, 'sent$' | 'unasked' | 'send' | 'reconnect'>> => ({
  sent$: sent$.asObservable(),
  unasked: () => [...connections].reduce((sum, { unasked }) => sum + unasked(), 0),
  send: (text, to) =>
    [...connections].filter(({ source, send }) => (to === undefined || source.id === to) && send(text)).length,
  reconnect: (reason = 'on demand') => reconnect$.next(reason),
})

/** Until the function that it gives is called. */
export const listed = ({ connections }: Sending, connection: Asked) => {
  connections.add(connection)
  return () => void connections.delete(connection)
}

/** The socket, which tells what it sends. */
export const telling = (socket: Socket, { sent$ }: Sending, source: Source, stamp: () => number): Socket => ({
  ...socket,
  send: (message) => {
    socket.send(message)
    const { _tag: type } = message
    sent$.next({ type, text: message._tag === 'Text' ? message.text : '', sentAt: stamp(), source })
  },
})
