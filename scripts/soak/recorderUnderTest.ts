import { createHash } from 'node:crypto'
import { lastValueFrom, NEVER, Subscription, tap, type Observable, type SchedulerLike } from 'rxjs'
import { record } from '../../lib/communicators/record.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { Signal } from '../../lib/Signal.js'
import type { Finding } from './oracle/Finding.js'

/** A recorder that is stopped and started again at any time: what was given to it has to be in its file. */
export interface RecorderUnderTest {
  readonly restart: () => void
  /** Stops it, and compares the frames of its file with those that were given. */
  readonly finish: () => Promise<readonly Finding[]>
}

/** Counts frames, and remembers them in a few bytes. */
const digestOfFrames = () => {
  const hash = createHash('sha256')
  let count = 0
  return {
    add: (signal: Signal) => {
      if (signal._tag !== 'Frame') return
      count += 1
      hash.update(`${JSON.stringify(signal.text)}\n`)
    },
    end: () => `${count} frames, ${hash.digest('hex').slice(0, 16)}`,
  }
}

export const recorderUnderTest = (
  signal$: Observable<Signal>,
  file: string,
  scheduler?: SchedulerLike,
): RecorderUnderTest => {
  const given = digestOfFrames()
  let recording = Subscription.EMPTY
  const start = () => {
    recording = signal$
      .pipe(record({ file, append: true, ...(scheduler !== undefined && { scheduler }) }), tap(given.add))
      .subscribe()
  }
  start()
  return {
    restart: () => {
      recording.unsubscribe()
      start()
    },
    finish: async () => {
      recording.unsubscribe()
      const found = digestOfFrames()
      await lastValueFrom(replayCommunicator({ files: file })(NEVER).pipe(tap(found.add)), { defaultValue: undefined })
      const [expected, came] = [given.end(), found.end()]
      return expected === came ? [] : [{ rule: 'recording', detail: `expected ${expected}, came ${came}` }]
    },
  }
}
