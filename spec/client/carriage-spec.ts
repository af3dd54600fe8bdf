import { Subject } from 'rxjs'
import { carriage } from '../../lib/client/carriage.js'
import { createStreams } from '../../lib/client/streams.js'
import type { Status } from '../../lib/Signal.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'

const nothing = () => undefined
const streams = createStreams({ venue, deliver: nothing, created: nothing, unmerged: nothing, repeated: nothing })

test.each(['lost', 'acknowledged', 'silent'] as const)('what statuses mean ends as they end: %s', (what) => {
  const ends: unknown[] = []
  const listen = (status$: Subject<Status>) =>
    carriage(status$, streams)
      [what]('btcusdt@trade')
      .subscribe({ error: (reason: unknown) => ends.push(reason), complete: () => ends.push('complete') })
  const [failing$, ending$] = [new Subject<Status>(), new Subject<Status>()]
  listen(failing$)
  listen(ending$)
  const broken = new Error('broken')
  failing$.error(broken)
  ending$.complete()
  expect(ends).toEqual([broken, 'complete'])
})
