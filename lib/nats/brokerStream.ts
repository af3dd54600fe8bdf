import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream'

/** How the broker keeps what is published: the stream is created so, or checked, and never changed. */
export interface BrokerStreamConfig {
  /** Its name. Default: `md-` and the venue's name. */
  readonly name?: string
  /** What subjects begin with. Default: `md`. */
  readonly prefix?: string
  /** How long a message is kept, in ms; `0` for ever. Default: a day. */
  readonly maxAge?: number
  /** How many bytes are kept; `-1` any number. The oldest go first. Default: 10 GiB. */
  readonly maxBytes?: number
  /** How many messages are kept; `-1` any number. Default: any number. */
  readonly maxMessages?: number
  /**
   * For how long a message that comes again with the same id is left out, in ms: longer than the broker may be away, and
   * than one connector may be behind another. Default: two minutes.
   */
  readonly duplicateWindow?: number
  /** On how many servers of a cluster each message is. Default: 1. */
  readonly replicas?: number
  /** Where it is kept. Default: `'file'`. */
  readonly storage?: 'file' | 'memory'
}

const SECOND = 1_000
const DAY = 86_400 * SECOND
const inNanos = (ms: number) => ms * 1_000_000

/** What is asked of the server, and compared with what is there. */
export const streamSettings = (
  venue: string,
  subjects: string,
  {
    name = `md-${venue}`,
    maxAge = DAY,
    maxBytes = 10 * 2 ** 30,
    maxMessages = -1,
    duplicateWindow = 120 * SECOND,
    replicas = 1,
    storage = 'file',
  }: BrokerStreamConfig,
) =>
  ({
    name,
    subjects: [subjects],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    storage: storage === 'file' ? StorageType.File : StorageType.Memory,
    max_age: inNanos(maxAge),
    max_bytes: maxBytes,
    max_msgs: maxMessages,
    duplicate_window: inNanos(maxAge > 0 ? Math.min(maxAge, duplicateWindow) : duplicateWindow),
    num_replicas: replicas,
    allow_direct: true,
  }) satisfies Partial<StreamConfig>

type Settings = ReturnType<typeof streamSettings>

const isMissing = (error: unknown): boolean => error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND
const STREAM_NOT_FOUND = 10059

/** What differs of a stream that is there: `max_age: expected 1, is 2`. */
const differences = (expected: Settings, is: Partial<StreamConfig>): readonly string[] =>
  Object.entries(expected).flatMap(([key, value]) => {
    const found: unknown = Reflect.get(is, key)
    const [wanted, there] = [JSON.stringify(value), JSON.stringify(found)]
    return wanted === there ? [] : [`${key}: expected ${wanted}, is ${there}`]
  })

/** The stream is there, and is another than was asked for: trying again will not help. */
export class MismatchError extends Error {}

/** The stream, made where there is none. @throws MismatchError where it is there and is another. */
export const createdStream = async (manager: JetStreamManager, settings: Settings): Promise<StreamInfo> => {
  const found = await foundStream(manager, settings.name)
  if (found === undefined) return manager.streams.add(settings)
  const wrong = differences(settings, found.config)
  if (wrong.length === 0) return found
  throw new MismatchError(
    `publishSignals: the stream '${settings.name}' is there and differs: ${wrong.join('; ')}. Give \`stream\` what is there, another name, or change it by \`nats stream edit\``,
  )
}

/** The stream, or `undefined` where there is none. */
export const foundStream = async (manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> => {
  try {
    return await manager.streams.info(name)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether all that a stream holds is of one subject; a mirror says no subjects of its own. */
export const hasOnly = ({ config }: StreamInfo, subject: string): boolean => {
  const subjects: unknown = Reflect.get(config, 'subjects')
  return Array.isArray(subjects) && subjects.length === 1 && subjects[0] === subject
}

/** Who reads the subject of a stream: a filter that leaves nothing out costs the server a fifth of what it sends. */
export const filterOf = (info: StreamInfo, subject: string): Pick<ConsumerConfig, 'filter_subject'> =>
  hasOnly(info, subject) ? {} : { filter_subject: subject }
