import { BehaviorSubject, filter, firstValueFrom, Subject } from 'rxjs'
import { websocketCommunicator } from '../../lib/communicators/websocket/websocketCommunicator.js'
import type { Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { serve } from '../communicators/websocket/serve.js'
import { collectGarbage } from '../helpers/collectGarbage.js'
import { openTimers } from './openTimers.js'

const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(String(name)), 0)

test('F47 a thousand reconnections over real sockets: heap, listeners, sockets and timers stay flat', async () => {
  const server = await serve({
    onSocket: (socket) => {
      socket.send('{"stream":"btcusdt@trade","data":{}}')
      socket.close(1001)
    },
  })
  const limits = { ...asterFutures.limits, connectionAttempts: { count: 1_000_000, per: 1 } }
  const communicator = websocketCommunicator(
    { ...asterFutures, limits },
    { endpoint: server.url, reconnect: { delay: 1, maxDelay: 1 } },
  )
  const signal$ = new Subject<Signal>()
  let losses = 0
  signal$.pipe(filter(({ _tag }) => _tag === 'Disconnected')).subscribe(() => (losses += 1))
  const measure = async (at: number) => {
    await firstValueFrom(signal$.pipe(filter(({ _tag }) => _tag === 'Waiting' && losses >= at)))
    collectGarbage()
    return {
      timers: openTimers().length,
      listeners: listeners(),
      sockets: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
      heap: process.memoryUsage().heapUsed,
    }
  }
  const subscription = communicator(new BehaviorSubject(new Set(['btcusdt@trade']))).subscribe(signal$)
  const { heap: heapBefore, sockets: socketsBefore, ...before } = await measure(200)
  const { heap: heapAfter, sockets: socketsAfter, ...after } = await measure(1_000)
  subscription.unsubscribe()
  expect(openTimers()).toEqual([])
  expect(after).toEqual(before)
  expect(socketsAfter - socketsBefore).toBeLessThan(10)
  expect((heapAfter - heapBefore) / 1024 / 1024).toBeLessThan(2)
  await server.empty()
  await server.close()
})
