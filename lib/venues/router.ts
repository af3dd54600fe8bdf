import type { AnyCodec } from '../codecs/Codec.js'
import type { WireField } from '../codecs/WireField.js'
import { flat } from '../codecs/flat.js'
import { LONGEST_NAME, matcher, payloadSymbol, type Found } from './grammar.js'
import type { StreamRow, Venue } from './Venue.js'

/** What a stream's name says: where its payload goes. */
export interface Route {
  readonly kind: string
  readonly stream: string
  /** Of an account event that is asked for by name, the row has no more than its name and its event. */
  readonly row: StreamRow
  readonly event: AnyCodec
  /** What stands in the placeholders of the name. */
  readonly parameters: Found
  /** The symbol in the stream's name, as payloads write it; absent where the name has none. */
  readonly symbol?: string
  /** The payload leaves out its symbol: the stream's name supplies it. */
  readonly supplies: boolean
  /** It carries the events of an account, whose `e` says which. */
  readonly isAccount: boolean
}

/** Finds the row of a stream name; `undefined` where the venue has no such stream. */
export type Router = (name: string) => Route | undefined

/** More names than any venue's connections carry: what is remembered stays bounded. */
export const REMEMBERED = 20_000

const routers = new WeakMap<Venue, Router>()

/**
 * The router of a venue, one for all who ask: one anchored matcher a row, account events that are asked for by name
 * among them, and each name remembered after its first look-up.
 */
export const router = (venue: Venue): Router => {
  const known = routers.get(venue)
  if (known !== undefined) return known
  const made = remembering(finder(venue))
  routers.set(venue, made)
  return made
}

const finder = (venue: Venue): Router => {
  const ofMarket = Object.entries(venue.streams).map(([kind, row]) => ({ kind, row, isAccount: false }))
  const ofAccount = Object.values(venue.account).flatMap(({ kind, event, stream: name }) =>
    name === undefined ? [] : [{ kind, row: { name, event }, isAccount: true }],
  )
  const rows = [...ofMarket, ...ofAccount].map((each) => ({ ...each, match: matcher(each.row.name) }))
  return (stream) => {
    for (const { kind, row, isAccount, match } of rows) {
      const parameters = match(stream)
      if (parameters === undefined) continue
      const { event } = row
      return {
        kind,
        stream,
        row,
        event,
        parameters,
        ...symbolOf(row, parameters),
        supplies: lacksSymbol(row),
        isAccount,
      }
    }
    return undefined
  }
}

const remembering = (find: Router): Router => {
  const remembered = new Map<string, Route | undefined>()
  return (name) => {
    if (name.length > LONGEST_NAME) return undefined // F70
    const known = remembered.get(name)
    if (known !== undefined || remembered.has(name)) return known
    if (remembered.size >= REMEMBERED) remembered.clear()
    const own = flat(name)
    const route = find(own)
    remembered.set(own, route)
    return route
  }
}

const symbolOf = ({ name }: StreamRow, { symbol }: Found) =>
  symbol === undefined ? {} : { symbol: payloadSymbol(name, symbol) }

const lacksSymbol = ({ event }: StreamRow): boolean =>
  'fields' in event && Array.isArray(event.fields) && event.fields.some(({ supplied }: WireField) => supplied)
