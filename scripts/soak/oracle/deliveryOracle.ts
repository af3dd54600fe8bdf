import type { Signal } from '../../../lib/Signal.js'
import type { LogEntry } from '../../../lib/simulation/index.js'
import type { Finding, Report } from './Finding.js'
import { deliveredIdentity, sentIdentity } from './identity.js'
import { streamStory, type Item, type StreamStory } from './StreamStory.js'

/** Compares what a venue says that it sent with what a client says and delivers, as it happens. */
export interface DeliveryOracle {
  /** What the venue's log says. The address of a connection must end in `source=<the client's name for it>`. */
  readonly logged: (entry: LogEntry) => void
  /** What the client says around the events. */
  readonly said: (signal: Signal) => void
  readonly delivered: (message: { readonly kind: string; readonly stream: string; readonly event: unknown }) => void
  /** The venue sends nothing on a connection any more, and says nothing of it: nobody can know. */
  readonly silenced: (connection: number) => void
  /** What is wanted now: other streams need not come. */
  readonly wanted: (streams: ReadonlySet<string>) => void
  /** At rest: everything that was sent has arrived. */
  readonly finish: () => void
  readonly findings: readonly Finding[]
  readonly counts: () => { readonly events: number; readonly windows: number }
}

interface Way {
  /** Sent, and not received yet. */
  queue: { readonly text: string; readonly item: Item | undefined }[]
  /** How often each event of this number was sent, by stream. */
  readonly repeats: Map<string, { readonly number: number; readonly counts: Map<string, number> }>
  /** When messages of the client came, in ms. */
  messages: number[]
}

/** What the oracle has to know about the venue. */
export interface DeliveryConfig {
  readonly messagesPerSecond: number
  /** The name under which account events are delivered, whose stream in the log is a listen key. */
  readonly isAccount: (stream: string) => boolean
  /** The kind of an account's event, by its `e`. */
  readonly accountKind: (e: string) => string
  /** Connections may be of different speed: one that ends may take with it what another did not carry yet. */
  readonly isUneven: boolean
}

const SECOND = 1_000
/** Without a word: what was on its way may be lost. */
const ABNORMAL = 1006

const sourceIn = (url: string) => /[?&]source=([^&]*)$/.exec(url)?.[1] ?? url

const dataIn = (text: string): unknown => {
  const value = JSON.parse(text) as unknown
  return typeof value === 'object' && value !== null && 'stream' in value && 'data' in value ? value.data : value
}

const ACCOUNT = 'account'

const saysTime = (data: unknown): boolean => {
  const one: unknown = Array.isArray(data) ? data[0] : data
  return typeof one === 'object' && one !== null && 'E' in one
}

/** The numbers of one stream may be those of several symbols. */
const symbolIn = (stream: string, value: unknown, key: 's' | 'symbol'): string => {
  if (stream !== '!bookTicker' || typeof value !== 'object' || value === null) return ''
  const symbol = Object.entries(value).find(([name]) => name === key)?.[1] as unknown
  return String(symbol)
}

/** So many times of an account are remembered. */
const TIMES = 1_000

/** Of an account, kind and time: what happens in the same ms is told apart by its text. */
const accountIdentity = (data: unknown, kindOf: DeliveryConfig['accountKind']): readonly (number | string)[] =>
  typeof data === 'object' && data !== null && 'e' in data && 'E' in data
    ? [kindOf(String(data.e)), Number(data.E)]
    : ['?']

const numberOf = (identity: readonly (number | string)[]): number => {
  const first = identity.find((part) => typeof part === 'number')
  return first ?? NaN
}

export const deliveryOracle = (config: DeliveryConfig): DeliveryOracle => {
  const findings: Finding[] = []
  const report: Report = (rule, detail) => findings.push({ rule, detail })
  const stories = new Map<string, StreamStory>()
  const sources = new Map<number, string>()
  const ways = new Map<string, Way>()
  const gone = new Set<string>()
  const silent = new Set<string>()
  const carriers = new Map<string, Set<string>>()
  /** What sources let go, and do not carry again yet, as far as the client knows. */
  const renewed = new Set<string>()
  /** The texts of each kind and ms of an account: a connection that lost one of them still brings the others. */
  const together = new Map<string, string[]>()
  let events = 0

  /** One stream, or of a stream of all symbols those of one, whose order is their own. */
  const storyOf = (stream: string, symbol = ''): StreamStory => {
    const name = `${stream} ${symbol}`.trimEnd()
    const known = stories.get(name)
    if (known !== undefined) return known
    const story = streamStory(name, report, stream !== ACCOUNT || !config.isUneven)
    stories.set(name, story)
    for (const source of carriers.get(stream) ?? []) story.acknowledged(source)
    return story
  }

  const acknowledged = (stream: string, source: string) => {
    carriers.set(stream, new Set([...(carriers.get(stream) ?? []), source]))
    storyOf(stream)
    for (const [name, story] of stories)
      if (name === stream || name.startsWith(`${stream} `)) story.acknowledged(source)
  }
  const over = (source: string, isBroken: boolean) => {
    for (const of of carriers.values()) of.delete(source)
    for (const story of stories.values()) story.ended(source, isBroken)
  }

  /** The source let the stream go, as the client said; it may ask for it anew. */
  const letGo = (stream: string, source: string) => {
    renewed.add(`${source} ${stream}`)
    carriers.get(stream)?.delete(source)
    for (const [name, story] of stories) if (name === stream || name.startsWith(`${stream} `)) story.ended(source, true)
  }

  const wayOf = (connection: number): Way | undefined => ways.get(sources.get(connection) ?? '')

  const sent = (way: Way, { stream, text, at }: Extract<LogEntry, { type: 'sent' }>, source: string) => {
    if (gone.has(source)) return
    if (stream === undefined || stream === '') {
      way.queue.push({ text, item: undefined })
      return
    }
    const isAccount = config.isAccount(stream)
    const name = isAccount ? ACCOUNT : stream
    const data = dataIn(text)
    const identity = isAccount ? accountIdentity(data, config.accountKind) : sentIdentity(name, data)
    const id = identity.join(' ')
    const number = numberOf(identity)
    const isTimed = isAccount || saysTime(data)
    const item = storyOf(name, symbolIn(name, data, 's')).sent(
      { id, number, at, isTimed, isRenewed: renewed.has(`${source} ${name}`) },
      isAccount ? placeOf(way, id, JSON.stringify(data), number) : repeatOf(way, name, id, number),
    )
    item.expected += 1
    // Nobody is told a listen key.
    way.queue.push({ text: isAccount ? text.replaceAll(stream, '<listenKey>') : text, item })
  }

  /** Which of the events of one kind and ms of the account it is, the same on every connection. */
  const placeOf = (way: Way, id: string, text: string, number: number): number => {
    const one = `${text} ${repeatOf(way, ACCOUNT, `${id} ${text}`, number)}`
    const all = together.get(id) ?? []
    if (!all.includes(one)) all.push(one)
    together.set(id, all)
    const [oldest = ''] = together.keys()
    if (together.size > TIMES) together.delete(oldest)
    return all.indexOf(one) + 1
  }

  const repeatOf = ({ repeats }: Way, name: string, id: string, number: number): number => {
    const known = repeats.get(name)
    const same = known?.number === number ? known : { number, counts: new Map<string, number>() }
    if (same !== known) repeats.set(name, same)
    const count = (same.counts.get(id) ?? 0) + 1
    same.counts.set(id, count)
    return count
  }

  const counted = (way: Way, at: number, connection: number) => {
    way.messages = [...way.messages.filter((other) => other > at - SECOND), at]
    if (way.messages.length > config.messagesPerSecond)
      report('rate', `connection ${connection} had ${way.messages.length} messages in the second before ${at}`)
  }

  const received = (text: string, source: string) => {
    if (gone.has(source)) return report('late frame', `${source}: ${text.slice(0, 200)}`)
    const way = ways.get(source)
    const next = way?.queue.shift()
    if (way === undefined || next === undefined)
      return report('frame', `${source} said what was not sent: ${text.slice(0, 200)}`)
    if (next.item !== undefined) next.item.expected -= 1
    if (next.text === text) {
      if (next.item !== undefined) next.item.isReceived = true
      return
    }
    report('frame', `${source}: expected ${next.text.slice(0, 200)}, came ${text.slice(0, 200)}`)
    while (way.queue.length > 0 && way.queue[0]?.text !== text) {
      const skipped = way.queue.shift()?.item
      if (skipped !== undefined) skipped.expected -= 1
    }
    const found = way.queue.shift()?.item
    if (found === undefined) return
    found.isReceived = true
    found.expected -= 1
  }

  const ended = (source: string, isBroken: boolean) => {
    for (const { item } of ways.get(source)?.queue ?? []) if (item !== undefined) item.expected -= 1
    ways.delete(source)
    gone.add(source)
    over(source, isBroken)
  }

  return {
    findings,
    counts: () => ({ events, windows: [...stories.values()].reduce((sum, story) => sum + story.windows(), 0) }),
    logged: (entry) => {
      const { connection } = entry
      if (entry.type === 'opened') {
        const source = sourceIn(entry.url)
        sources.set(connection, source)
        if (!gone.has(source)) ways.set(source, { queue: [], repeats: new Map(), messages: [] })
      }
      const way = wayOf(connection)
      if (entry.type === 'closed') sources.delete(connection)
      if (way === undefined) return
      if (entry.type === 'sent') sent(way, entry, sources.get(connection) ?? '')
      const isOurs =
        entry.type === 'received' || ((entry.type === 'ping' || entry.type === 'pong') && entry.from === 'client')
      if (isOurs) counted(way, entry.at, connection)
    },
    said: (signal) => {
      const source = signal.source?.id
      if (source === undefined) return
      if (signal._tag === 'Frame') received(signal.text, source)
      const isHeard = !silent.has(source)
      if (signal._tag === 'Connected' && isHeard && source.includes(ACCOUNT)) acknowledged(ACCOUNT, source)
      if (signal._tag === 'Acknowledged') renewed.delete(`${source} ${signal.stream}`)
      if (signal._tag === 'Acknowledged' && isHeard) acknowledged(signal.stream, source)
      if (signal._tag === 'Unsubscribed') letGo(signal.stream, source)
      if (signal._tag === 'Closed') ended(source, false)
      if (signal._tag === 'Disconnected') ended(source, config.isUneven || signal.code === ABNORMAL)
    },
    delivered: ({ kind, stream, event }) => {
      if (stream === '') return
      events += 1
      const [time = ''] = deliveredIdentity(stream, event)
      const id = stream === ACCOUNT ? `${kind} ${time}` : deliveredIdentity(stream, event).join(' ')
      storyOf(stream, symbolIn(stream, event, 'symbol')).delivered(id)
    },
    silenced: (connection) => {
      const source = sources.get(connection) ?? ''
      silent.add(source)
      over(source, true)
    },
    wanted: (streams) => {
      for (const [name, story] of stories)
        if (name !== ACCOUNT && !streams.has(name.split(' ')[0] ?? '')) story.unwanted()
    },
    finish: () => {
      for (const story of stories.values()) story.finish()
    },
  }
}
