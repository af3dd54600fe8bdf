import { BehaviorSubject, lastValueFrom, map, take, toArray } from 'rxjs'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import { sayTimersLeft } from '../../helpers/sayTimersLeft.js'

/** A whole program: hears four signals, unsubscribes, and says which, and how many timers it has left. */
const [endpoint = ''] = process.argv.slice(2)
const signal$ = websocketCommunicator(asterFutures, { endpoint })(new BehaviorSubject(new Set(['btcusdt@trade'])))
const heard = await lastValueFrom(
  signal$.pipe(
    take(4),
    map(({ _tag }) => _tag),
    toArray(),
  ),
)
process.stdout.write(heard.join(' '))
await sayTimersLeft()
