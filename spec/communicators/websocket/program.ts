import { BehaviorSubject, take } from 'rxjs'
import { websocketCommunicator } from '../../../lib/communicators/websocket/websocketCommunicator.js'
import { asterFutures } from '../../../lib/venues/asterFutures.js'

/** A whole program: hears four signals, unsubscribes, and says how long it took from there to its end, in ms. */
const [endpoint = ''] = process.argv.slice(2)
const heard: string[] = []
let left = 0
websocketCommunicator(asterFutures, { endpoint })(new BehaviorSubject(new Set(['btcusdt@trade'])))
  .pipe(take(4))
  .subscribe({
    next: ({ _tag }) => heard.push(_tag),
    complete: () => {
      left = performance.now()
    },
  })
process.on('exit', () => process.stdout.write(`${heard.join(' ')} after ${performance.now() - left}`))
