import type { Raw } from './splitter.js'

/**
 * The text of a record while it is still bytes: of what is only looked at, or waits for its turn, no string is made. It
 * stays as it is until the chunk is cut and the next one comes.
 */
export class RawText {
  constructor(
    readonly bytes: Buffer,
    readonly start: number,
    readonly end: number,
    readonly encoding: Raw['encoding'],
  ) {}

  /** Whether it begins with this ASCII text. */
  startsWith(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) if (this.bytes[this.start + at] !== text.charCodeAt(at)) return false
    return text.length <= this.end - this.start
  }

  toString(): string {
    return this.bytes.toString(this.encoding, this.start, this.end)
  }
}

/** The text of a record, made or not. */
export type RecordText = string | RawText
