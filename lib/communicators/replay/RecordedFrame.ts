import type { Frame, Source } from '../../Signal.js'

type Made = { -readonly [Key in keyof Frame]: Frame[Key] }

function Recorded(this: Made, text: string, receivedAt: number, source: Source, offset: number): void {
  this._tag = 'Frame'
  this.text = text
  this.receivedAt = receivedAt
  this.source = source
  this.offset = offset
}

// Whoever gets a frame sees a plain object.
Recorded.prototype = Object.prototype

/**
 * A frame of a file. Of literals V8 learns how long the first objects live, and puts all others where a full collection
 * alone finds them, if these were still waiting for their turn when it looked: replays took twice as long. It learns
 * nothing of a constructor.
 */
// A function is a constructor of what it makes of `this`, which its type does not say.
export const RecordedFrame = Recorded as unknown as new (
  ...of: [text: string, receivedAt: number, source: Source, offset: number]
) => Frame
