import { Observable, Subscription, type Subscriber } from 'rxjs'
import type { Outgoing, Socket, SocketEvent } from '../../lib/communicators/websocket/transport/Transport.js'
import type { VirtualTime } from './virtualTime.js'

/** The client's end of a socket in memory. */
export interface ClientEnd {
  readonly socket: Socket
  /** It arrives `latency` ms later, unless the client has left or it was lost. */
  readonly deliver: (event: SocketEvent) => void
  /** What is on its way never arrives. */
  readonly lose: () => void
  readonly isLeft: () => boolean
  /** Who hears what is sent, and that the client has left. */
  attached: { readonly receive: (message: Outgoing) => void; readonly left: () => void } | undefined
}

/** What happens when the client comes and goes. */
export interface Visits {
  readonly connect: () => void
  readonly left: () => void
}

export const clientEnd = (time: VirtualTime, latency: number, { connect, left }: Visits): ClientEnd => {
  let subscriber: Subscriber<SocketEvent> | undefined
  let isLeft = false
  let underWay = new Subscription()
  const isEnd = ({ _tag }: SocketEvent) => _tag === 'Closed' || _tag === 'Failed' || _tag === 'Refused'

  const end: ClientEnd = {
    attached: undefined,
    isLeft: () => isLeft,
    deliver: (event) => {
      const way = underWay
      const arrive = () => {
        if (way.closed) return
        subscriber?.next(event)
        if (isEnd(event)) subscriber?.complete()
      }
      time.scheduler.schedule(() => time.whenRead(arrive), latency)
    },
    lose: () => {
      underWay.unsubscribe()
      underWay = new Subscription()
    },
    socket: {
      event$: new Observable((listener) => {
        subscriber = listener
        connect()
        return () => {
          isLeft = true
          subscriber = undefined
          underWay.unsubscribe()
          left()
          time.scheduler.schedule(() => end.attached?.left(), latency)
        }
      }),
      send: (message) => {
        if (!isLeft) time.scheduler.schedule(() => end.attached?.receive(message), latency)
      },
    },
  }
  return end
}
