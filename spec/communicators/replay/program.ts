import { lastValueFrom, NEVER, take } from 'rxjs'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { sayTimersLeft } from '../../helpers/sayTimersLeft.js'

/** A whole program: hears three signals of a file at its own pace, unsubscribes, and says how many timers it has left. */
const [files = ''] = process.argv.slice(2)
await lastValueFrom(replayCommunicator({ files, pace: 'recorded' })(NEVER).pipe(take(3)))
process.stdout.write('over')
await sayTimersLeft()
