import { lastValueFrom, NEVER, tap, toArray } from 'rxjs'
import { replayCommunicator } from '../../../lib/communicators/replayCommunicator.js'
import { scratch, told } from '../scratch.js'

const { file } = scratch()

const connection = '{"_tag":"Source","id":"asterFutures-1"}'

test('F54 a recording over which the clock was put back: the times go back there, and only there', async () => {
  const path = file(
    [
      `5000000 ${connection}`,
      '5000000 a',
      '1400000 {"_tag":"ClockStepped","by":-3600000}',
      '1400100 b',
      '1400200 c',
      '1400150 d',
      '',
    ].join('\n'),
  )
  const communicator = replayCommunicator({ files: path })
  const times: number[] = []
  const signals = await lastValueFrom(
    communicator(NEVER).pipe(
      tap(() => times.push(communicator.scheduler.now())),
      toArray(),
    ),
  )
  expect(told(signals)).toEqual([
    '5000000 a',
    '1400000 ClockStepped',
    '1400100 b',
    '1400200 c',
    '1400200 BadRecord',
    '1400200 d',
  ])
  // The recorded clock stays where it is: what was due is not due once more.
  expect(new Set(times)).toEqual(new Set([5_000_000]))
})

test('F54 a clock that was put forward is a jump of the times, as it was', async () => {
  const path = file(`1000 ${connection}\n1000 a\n3601100 {"_tag":"ClockStepped","by":3600000}\n3601200 b\n`)
  const signals = await lastValueFrom(replayCommunicator({ files: path })(NEVER).pipe(toArray()))
  expect(told(signals)).toEqual(['1000 a', '3601100 ClockStepped', '3601200 b'])
})
