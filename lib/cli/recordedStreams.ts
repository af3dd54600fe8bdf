import { isRight } from 'fp-ts/lib/Either.js'
import { lastValueFrom, NEVER, reduce, take } from 'rxjs'
import { parse, replayCommunicator, type ReplayConfig } from '../index.js'
import type { AnyVenue } from './venues.js'

/** So many signals at the beginning of a recording are looked at. */
const LOOKED_AT = 20_000

/** What a recording has of its markets, as far as its beginning says. */
export interface RecordedStreams {
  /** Those with trades or a book, the busiest first, upper case. */
  readonly symbols: readonly string[]
  readonly trades: 'trade' | 'aggTrade'
  /** As a venue writes it: `<symbol>@depth@100ms`. */
  readonly bookStream: string | undefined
}

const kinds: ReadonlySet<string> = new Set(['trade', 'aggTrade', 'depth'])

/** The keys with the largest counts first. */
const byCount = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name)

const added = (counts: ReadonlyMap<string, number>, name: string) =>
  new Map(counts).set(name, (counts.get(name) ?? 0) + 1)

const nothing = {
  ...{ symbols: new Map<string, number>(), kinds: new Map<string, number>(), depths: new Map<string, number>() },
}

/** Looks at the beginning of a recording. */
export const recordedStreams = async (venue: AnyVenue, config: ReplayConfig): Promise<RecordedStreams> => {
  const read = parse(venue)
  const found = await lastValueFrom(
    replayCommunicator({ ...config, pace: 'instant', drain: 0 })(NEVER).pipe(
      take(LOOKED_AT),
      reduce((seen, signal) => {
        const parsed = signal._tag === 'Frame' ? read(signal) : undefined
        if (parsed === undefined || !isRight(parsed) || !('kind' in parsed.right)) return seen
        const { kind, stream } = parsed.right
        if (!kinds.has(kind)) return seen
        const [symbol = '', ...rest] = stream.split('@')
        return {
          symbols: added(seen.symbols, symbol.toUpperCase()),
          kinds: added(seen.kinds, kind),
          depths: kind === 'depth' ? added(seen.depths, ['<symbol>', ...rest].join('@')) : seen.depths,
        }
      }, nothing),
    ),
    { defaultValue: nothing },
  )
  return {
    symbols: byCount(found.symbols),
    trades: found.kinds.has('trade') || !found.kinds.has('aggTrade') ? 'trade' : 'aggTrade',
    bookStream: byCount(found.depths)[0],
  }
}
