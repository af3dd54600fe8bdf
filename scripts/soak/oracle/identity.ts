/** What tells one event of a stream from another, read from the wire and from what was delivered, each in its own way. */
interface Mark {
  readonly stream: RegExp
  readonly wire: readonly string[]
  readonly event: readonly string[]
}

const marks: readonly Mark[] = [
  { stream: /@trade$|@tradepro$|@blockTrade$/, wire: ['t', 'E'], event: ['tradeId', 'eventTime'] },
  { stream: /@aggTrade$/, wire: ['a', 'E'], event: ['aggregateId', 'eventTime'] },
  { stream: /bookTicker$/, wire: ['u', 's'], event: ['updateId', 'symbol'] },
  { stream: /@depth(@\d+ms)?$/, wire: ['u', 'E'], event: ['lastUpdateId', 'eventTime'] },
  { stream: /@depth\d/, wire: ['u', 'lastUpdateId'], event: ['lastUpdateId'] },
  { stream: /./, wire: ['E'], event: ['eventTime'] },
]

const read = (value: unknown, keys: readonly string[]): readonly (number | string)[] => {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one !== 'object' || one === null) return []
  // Any key of an object may be looked for.
  const values = one as Readonly<Record<string, unknown>>
  return keys
    .map((key) => values[key])
    .filter((part): part is number | string => typeof part === 'number' || typeof part === 'string')
}

const markOf = (stream: string): Mark =>
  marks.find((mark) => mark.stream.test(stream)) ?? { stream: /./, wire: [], event: [] }

/** Of the payload as it was sent. */
export const sentIdentity = (stream: string, data: unknown): readonly (number | string)[] =>
  read(data, markOf(stream).wire)

/** Of the event as it was delivered. */
export const deliveredIdentity = (stream: string, event: unknown): readonly (number | string)[] =>
  read(event, markOf(stream).event)
