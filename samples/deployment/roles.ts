import { asterFutures, streamName } from 'aster-rx'

/** What the processes of a deployment are given, as their environment. */
export interface Setup {
  readonly broker: string
  readonly websocket: string
  readonly rest: string
  /** How the process is called among those of its role. */
  readonly name: string
  /** The folder of the recording. */
  readonly folder: string
  /** So many frames the venue sends, and so many in a second. */
  readonly frames: number
  readonly rate: number
}

// Nothing goes on without who started it.
process.once('disconnect', () => process.exit())

const text = (name: string) => process.env[name] ?? ''

export const setup = (): Setup => ({
  broker: text('BROKER'),
  websocket: text('WEBSOCKET'),
  rest: text('REST'),
  name: text('NAME'),
  folder: text('FOLDER'),
  frames: Number(text('FRAMES')),
  rate: Number(text('RATE')),
})

/** The markets that are traded, and the streams of trades. */
export const symbols = Array.from({ length: 12 }, (_, i) => `C${i}USDT`)
export const streams = symbols.map((symbol) => streamName(asterFutures, 'trade', { symbol }))

/** The group of the workers, and the stream to which they publish. */
export const group = { name: 'strategy', partitions: 8, timeToLive: 2_000 }
export const decisions = { stream: 'decisions', subject: 'decisions' }

/** Says something to who started this process. */
export const say = (said: Said): void => void process.send?.(said)

export type Said =
  | { readonly _tag: 'Ready'; readonly websocket?: string; readonly rest?: string }
  /** Of the venue: so many frames are sent, all of them with `isEnd`. */
  | { readonly _tag: 'Sent'; readonly count: number; readonly isEnd: boolean }
  /** Of a consumer: so many trades came, how many were missing, came twice or in another order, and the longest silence. */
  | {
      readonly _tag: 'Heard'
      readonly count: number
      readonly lost: number
      readonly doubled: number
      readonly quiet: number
    }
