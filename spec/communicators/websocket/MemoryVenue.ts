import { Observable, Subscription, type Subscriber } from 'rxjs'
import type {
  Socket,
  SocketEvent,
  Outgoing,
  Transport,
} from '../../../lib/communicators/websocket/transport/Transport.js'
import { recordedClock } from '../../../lib/communicators/recordedClock.js'

/** One connection, as the venue sees it. */
export interface MemoryConnection {
  readonly url: string
  /** What the venue sends here: its own list. */
  readonly names: Set<string>
  /** What came from the other side, with its time. */
  readonly sent: (Outgoing & { readonly at: number })[]
  readonly openedAt: () => number | undefined
  /** The other side left. */
  readonly isLeft: () => boolean
  readonly isOpen: () => boolean
  readonly put: (event: SocketEvent) => void
  readonly text: (value: unknown) => void
  readonly data: (name: string, payload?: unknown) => void
}

/** One request that a client sent. */
export interface Asked {
  readonly method: string
  readonly params: readonly string[]
  readonly id: number
}

/** What the venue answers, beside what it does; `undefined` for nothing. */
export type Answer = (asked: Asked, connection: MemoryConnection) => unknown

/** How the venue of the next connections behaves. */
interface Behaviour {
  /** What happens to an attempt; `undefined` for nothing at all. */
  onConnect: (connection: MemoryConnection) => SocketEvent | undefined
  answer: Answer
  /** In ms, one way. */
  latency: number
  answersPings: boolean
}

/** Does what is asked, and says so. */
export const obedient: Answer = ({ method, params, id }, { names }) => {
  if (method === 'LIST_SUBSCRIPTIONS') return { result: [...names], id }
  for (const name of params)
    if (method === 'SUBSCRIBE') names.add(name)
    else names.delete(name)
  return { result: null, id }
}

const streamsOf = (url: string) => {
  const [, query = ''] = url.split('?streams=')
  return query === '' ? [] : query.split('/').map(decodeURIComponent)
}

/** A venue in memory, and the time in which it lives. */
export const createMemoryVenue = () => {
  const clock = recordedClock(0)
  clock.start(0)
  const connections: MemoryConnection[] = []
  const behaviour: Behaviour = {
    onConnect: () => ({ _tag: 'Opened' }),
    answer: obedient,
    latency: 10,
    answersPings: true,
  }
  const now = () => clock.scheduler.now()

  const transport: Transport = (url) => {
    let subscriber: Subscriber<SocketEvent> | undefined
    let openedAt: number | undefined
    let isLeft = false
    /** What is on its way; nothing arrives at a socket that was closed. */
    const underWay = new Subscription()
    const later = (work: () => void) => underWay.add(clock.scheduler.schedule(work, behaviour.latency))
    const put = (event: SocketEvent) => {
      if (event._tag === 'Opened') openedAt = now()
      subscriber?.next(event)
    }
    const connection: MemoryConnection = {
      url,
      names: new Set(),
      sent: [],
      put,
      openedAt: () => openedAt,
      isLeft: () => isLeft,
      isOpen: () => openedAt !== undefined && !isLeft,
      text: (value) => put({ _tag: 'Text', text: typeof value === 'string' ? value : JSON.stringify(value) }),
      data: (name, payload = {}) => put({ _tag: 'Text', text: JSON.stringify({ stream: name, data: payload }) }),
    }
    const receive = (message: Outgoing) => {
      if (!connection.isOpen()) return
      if (message._tag === 'Ping' && behaviour.answersPings) later(() => put({ _tag: 'Pong' }))
      if (message._tag !== 'Text') return
      // Answers to heartbeats may be no JSON.
      if (!message.text.startsWith('{')) return
      const reply = behaviour.answer(JSON.parse(message.text) as Asked, connection)
      if (reply !== undefined) later(() => connection.text(reply))
    }
    return {
      event$: new Observable((listener) => {
        connections.push(connection)
        subscriber = listener
        later(() => {
          const event = behaviour.onConnect(connection)
          if (event?._tag === 'Opened') for (const name of streamsOf(url)) connection.names.add(name)
          if (event !== undefined) put(event)
        })
        return () => {
          isLeft = true
          subscriber = undefined
          underWay.unsubscribe()
        }
      }),
      send: (message) => {
        if (!connection.isOpen()) return
        connection.sent.push({ ...message, at: now() })
        later(() => receive(message))
      },
    } satisfies Socket
  }

  return {
    clock,
    connections,
    behaviour,
    transport,
    /** Lets time pass, in ms. */
    pass: (ms: number) => clock.advance(now() + ms),
    open: () => connections.filter((connection) => connection.isOpen()),
    /** The connection made last. */
    last: (): MemoryConnection => {
      const connection = connections.at(-1)
      if (connection === undefined) throw new Error('nobody has connected')
      return connection
    },
  }
}

/** The requests among what was sent. */
export const requestsOf = ({ sent }: MemoryConnection): readonly Asked[] =>
  sent.flatMap((message) => (message._tag === 'Text' ? [JSON.parse(message.text) as Asked] : []))

/** A venue, and the clock of a client whose process was blocked before its timers ran. */
export const blockable = () => {
  const memory = createMemoryVenue()
  let blocked = 0
  return {
    memory,
    clock: () => memory.clock.scheduler.now() + blocked,
    block: (ms: number) => {
      blocked += ms
    },
  }
}
