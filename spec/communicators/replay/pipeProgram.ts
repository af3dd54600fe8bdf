import { NEVER, take } from 'rxjs'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { sayTimersLeft } from '../../helpers/sayTimersLeft.js'

/**
 * A whole program: reads each of several replays at once, says what comes, and unsubscribes from all of them after so
 * many signals of the last one; then it has nothing left to do.
 */
const [count = '', ...configs] = process.argv.slice(2)
const say = (text: string) => process.stdout.write(`${text}\n`)
const replays = configs.map((config) => replayCommunicator(JSON.parse(config) as ReplayConfig)(NEVER))
const others = replays.slice(0, -1).map((replay) => replay.subscribe())

replays
  .at(-1)
  ?.pipe(take(Number(count)))
  .subscribe({
    next: (signal) => say(signal._tag === 'Frame' ? signal.text : JSON.stringify(signal)),
    complete: () => {
      others.forEach((other) => other.unsubscribe())
      say('over')
      void sayTimersLeft()
    },
  })
say('begun')
