import type { Frame, Source } from '../../Signal.js'
import type { Batch } from './Batch.js'
import type { RawText } from './RawText.js'
import { RecordedFrame } from './RecordedFrame.js'

/** Of each frame its time, where its text starts and ends, and where its record stands in the file. */
const ROW = 4

/** So many frames need no more room. */
const ROWS = 64

/**
 * Frames of one chunk that wait for their turn in a merge: each is made when it comes. Objects that wait are copied by
 * the collector, and have left the cache when they are played.
 */
export class WaitingFrames {
  private rows = new Float64Array(ROW * ROWS)
  private readonly sources: Source[] = []
  private bytes: Buffer | undefined
  private encoding: RawText['encoding'] = 'latin1'
  private count = 0

  /** Nothing waits any more. */
  clear(): void {
    this.bytes = undefined
    this.count = 0
  }

  /** Whether a text is of the same bytes as those that wait. */
  takes({ bytes, encoding }: RawText): boolean {
    return this.count === 0 || (this.bytes === bytes && this.encoding === encoding)
  }

  add(text: RawText, offset: number, time: number, source: Source): void {
    this.bytes = text.bytes
    this.encoding = text.encoding
    const row = ROW * this.count
    if (row === this.rows.length) this.grow()
    this.rows[row] = time
    this.rows[row + 1] = text.start
    this.rows[row + 2] = text.end
    this.rows[row + 3] = offset
    this.sources[this.count] = source
    this.count += 1
  }

  /** The time of one of them; undefined behind the last. */
  time(place: number): number | undefined {
    return place < this.count ? this.rows[ROW * place] : undefined
  }

  frame(place: number): Frame | undefined {
    const source = this.sources[place]
    const time = this.time(place)
    if (this.bytes === undefined || source === undefined || time === undefined) return undefined
    const { rows } = this
    const row = ROW * place
    const text = this.bytes.toString(this.encoding, rows[row + 1], rows[row + 2])
    return new RecordedFrame(text, time, source, rows[row + 3] ?? 0)
  }

  /** All of them made. */
  made(kind: Batch['kind']): Batch {
    const places = Array.from({ length: this.count }, (_, place) => place)
    const signals = places.flatMap((place) => this.frame(place) ?? [])
    return { signals, times: signals.map(({ receivedAt }) => receivedAt), kind }
  }

  private grow(): void {
    const { rows } = this
    this.rows = new Float64Array(2 * rows.length)
    this.rows.set(rows)
  }
}
