import { statSync } from 'node:fs'
import { createRest, replayCommunicator, websocketCommunicator, type FileRead, type Status } from '../index.js'
import type { RelayConfig } from '../simulation/index.js'
import { connectBroker } from './broker.js'
import type { ValuesOf } from './Command.js'
import { checkPlaces, connectionNews, liveOptions } from './liveOptions.js'
import { brokerOption, checkSource } from './liveSource.js'
import { clockText, progressText } from './progressText.js'
import { quoted } from './readCall.js'
import { recordedVenue } from './recordedVenue.js'
import { reading, recordingConfig, recordingOptions } from './recordingOptions.js'
import { tellReplayed } from './tellReplayed.js'
import type { Terminal } from './Terminal.js'
import { UsageError } from './UsageError.js'
import { aCount, aDuration, aHost, aPace } from './ValueType.js'
import { marketNames, marketVenue, venueNamed, venueNames } from './venues.js'

/** What is served. */
export const servedArgument = {
  name: 'FILE|VENUE',
  says: `Recordings, or one of ${marketNames.join(', ')}.`,
  isMany: true,
  isFile: true,
  suggestions: marketNames,
} as const

/** What a server takes. */
export const serveOptions = {
  speed: {
    type: aPace,
    without: 'recorded',
    says: 'How fast: recorded is as it was, 10 ten times as fast, instant as fast as the slowest client reads.',
  },
  clients: {
    type: aCount(1, 10_000),
    default: '1',
    says: 'How many connections have to ask for streams before it begins.',
  },
  settle: {
    type: aDuration(2 ** 31 - 1),
    without: '500ms, and none for a venue',
    says: 'For how long nobody may have asked for another stream before it begins.',
  },
  once: { says: 'Ends behind the end of the recording, with every connection closed by 1000.' },
  host: {
    type: aHost,
    default: '127.0.0.1',
    says: 'The address of this machine that is listened on; 0.0.0.0 is every one, and then anybody may connect.',
  },
  port: { type: aCount(1, 65_535), without: 'a free one', says: 'The port for REST and WebSocket.' },
  ...recordingOptions,
  ...liveOptions,
  ...brokerOption,
} as const

type ServeOptions = ValuesOf<typeof serveOptions>

/** What is served. */
export type Served = Pick<RelayConfig, 'venue' | 'open' | 'rest' | 'settle'> & {
  /** How far the session is. */
  readonly progress: (frames: number, elapsed: number) => string
  readonly tell: (status: Status) => void
  /** It is no recording. */
  readonly isLive: boolean
  /** Ends what it is read from, once nothing is served any more. */
  readonly close?: () => Promise<void>
}

/** Those of `names` that were given, and have no default. */
export const givenOf = (given: Readonly<Record<string, unknown>>, names: readonly string[]): readonly string[] =>
  names.filter((name) => given[name] !== undefined && given[name] !== false)

const ofRecordings = [
  'format',
  'speed',
  'once',
  'from',
  'to',
  'merge',
  'venue',
  'timestamps',
  'separator',
  'headers',
  'delimiter',
] as const
const ofVenues = ['endpoint', 'rest', 'nats'] as const

export const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

const liveVenue = async (name: string, given: ServeOptions, terminal: Terminal): Promise<Served> => {
  const [wrong] = givenOf(given, ofRecordings)
  if (wrong !== undefined)
    throw new UsageError(`--${wrong}: expected a recording, came the venue ${name}, which is live`)
  if (!marketNames.includes(name))
    throw new UsageError(`FILE|VENUE: expected files, or one of ${marketNames.join(', ')}, came ${quoted(name)}`)
  checkPlaces(given)
  checkSource({ ...given, simulated: false })
  const venue = marketVenue(name)
  const { endpoint, rest: restEndpoint, nats } = given
  const broker = nats === undefined ? undefined : await connectBroker(nats)
  const source =
    broker === undefined
      ? {
          open: () => websocketCommunicator(venue, endpoint === undefined ? {} : { endpoint }),
          rest: createRest({ venue, ...(restEndpoint !== undefined && { endpoint: restEndpoint }) }),
        }
      : { open: () => broker.natsCommunicator(broker.connection, { venue }), close: broker.close }
  return {
    ...{ venue, ...source, isLive: true, settle: 0 },
    progress: (frames, elapsed) => `${clockText(elapsed)}  ${plural(frames, 'frame')}`,
    tell: connectionNews(terminal).tell,
  }
}

/** @throws Error for one that is not there, UsageError for what cannot be read twice. */
const checkFile = (path: string) => {
  const found = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false })
  // A pattern that stands for none is told when it is read.
  if (found === undefined && /[*?[\]{}]/.test(path)) return
  if (found === undefined && path !== '-')
    throw new Error(`FILE|VENUE: expected files, or a venue, came ${quoted(path)}, which is neither`)
  if (found?.isFile() !== true && found?.isDirectory() !== true)
    throw new UsageError(`FILE|VENUE: expected files, which are read anew for each session, came ${quoted(path)}`)
}

const recordings = async (files: readonly string[], given: ServeOptions, terminal: Terminal): Promise<Served> => {
  const [wrong] = givenOf(given, ofVenues)
  if (wrong !== undefined) throw new UsageError(`--${wrong}: expected a venue, came a recording`)
  const venue = files.find((name) => venueNames.includes(name))
  if (venue !== undefined)
    throw new UsageError(
      `FILE|VENUE: expected files, or one venue, came ${quoted(venue)} among several: write ./${venue} for a file`,
    )
  for (const path of files) checkFile(path)
  const config = { ...recordingConfig(files, given), pace: given.speed ?? 'recorded', drain: 0 } as const
  let done = reading(files, given.merge)
  return {
    venue: given.venue === undefined ? await recordedVenue(config, files) : venueNamed(given.venue),
    open: (ready) => {
      done = reading(files, given.merge)
      const onRead = (read: FileRead) => {
        done.read(read)
        return ready()
      }
      return replayCommunicator({ ...config, onRead })
    },
    ...{ settle: 500, isLive: false },
    progress: (count, elapsed) => progressText({ bytes: done.bytes(), total: done.total, count, elapsed }),
    tell: tellReplayed(terminal),
  }
}

/** What the arguments name: a venue, or recordings. @throws UsageError for what is neither, or not with these options. */
export const servedBy = async (names: readonly string[], given: ServeOptions, terminal: Terminal): Promise<Served> => {
  const [name = ''] = names
  const isVenue = names.length === 1 && venueNames.includes(name)
  return isVenue ? liveVenue(name, given, terminal) : recordings(names, given, terminal)
}
