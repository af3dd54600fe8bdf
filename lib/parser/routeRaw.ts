import { isValues, type Values } from '../codecs/Values.js'
import { fill, LONGEST_NAME } from '../venues/grammar.js'
import type { StreamRow, Venue } from '../venues/Venue.js'
import { REMEMBERED, type Route, type Router } from '../venues/router.js'

/**
 * Finds the row of a payload that came without a stream name: one route where that is certain; where it is not, the
 * kinds that it may be.
 */
export type RawRouter = (payload: Values, isList: boolean) => Route | readonly string[]

/** Knows payloads by their `e`, or by their keys where they have none. */
export const rawRouter = (venue: Venue, route: Router): RawRouter => {
  const rows = Object.entries(venue.streams).map(([kind, row]) => ({ kind, row, ...tagsOf(row) }))
  const remembered = new Map<string, Route>()
  return (payload, isList) => {
    const { e, s, k } = payload
    const candidates = rows.filter(
      ({ row, tags, ofList }) =>
        isList === ofList && ((typeof e === 'string' && tags.includes(e)) || row.recognize?.(payload) === true),
    )
    const [first] = candidates
    if (first === undefined || candidates.some(({ row }) => row.event !== first.row.event))
      return candidates.map(({ kind }) => kind)
    const symbol = textOf(s)
    const interval = isValues(k) ? textOf(k['i']) : undefined
    const id = `${first.kind} ${symbol ?? ''} ${interval ?? ''}`
    const known = remembered.get(id)
    if (known !== undefined) return known
    const name = nameFor(first.row, { symbol, interval })
    const found = (name === undefined ? undefined : route(name)) ?? unnamed(first.kind, first.row)
    if (remembered.size < REMEMBERED) remembered.set(id, found)
    return found
  }
}

const unnamed = (kind: string, row: StreamRow): Route => ({
  ...{ kind, stream: '', row, event: row.event, parameters: {} },
  supplies: false,
  isAccount: false,
})

/** A longer one stands in no stream's name. */
const textOf = (u: unknown) => (typeof u === 'string' && u.length <= LONGEST_NAME ? u : undefined)

const tagsOf = ({ event, e }: StreamRow): { readonly tags: readonly string[]; readonly ofList: boolean } => {
  const item = 'item' in event && isValues(event.item) ? event.item : undefined
  const codec = item ?? event
  const tag = 'tag' in codec && typeof codec.tag === 'string' ? [codec.tag] : []
  return { tags: e ?? tag, ofList: item !== undefined }
}

/** The stream's name, where the payload says enough to write it. */
const nameFor = (row: StreamRow, parameters: Values): string | undefined => {
  try {
    return fill(row.name, parameters)
  } catch {
    return undefined
  }
}
