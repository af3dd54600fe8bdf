import { Subject } from 'rxjs'
import type { Sent } from '../../Communicator.js'
import type { Source } from '../../../Signal.js'
import type { Socket } from '../transport/Transport.js'

/** What leaves on all sockets of a communicator, and what waits there. */
export interface Sending {
  readonly sent$: Subject<Sent>
  /** How many streams each connection has to ask for. */
  readonly unasked: Set<() => number>
}

export const newSending = (): Sending => ({ sent$: new Subject(), unasked: new Set() })

/** What a communicator says of it. */
export const toldOf = ({ sent$, unasked }: Sending) => ({
  sent$: sent$.asObservable(),
  unasked: () => [...unasked].reduce((sum, count) => sum + count(), 0),
})

/** Until the function that it gives is called. */
export const counting = ({ unasked }: Sending, count: () => number) => {
  unasked.add(count)
  return () => void unasked.delete(count)
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
