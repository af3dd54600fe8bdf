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

describe('F54 what follows `from` does so, though the clock was put back over it', () => {
  const back = '1400000 {"_tag":"ClockStepped","by":-3600000}'
  const first = ['4990000 early', '5000000 a', back, '1400100 b', ''].join('\n')
  const from = (time: number, ...files: readonly string[]) =>
    lastValueFrom(replayCommunicator({ files, from: time })(NEVER).pipe(toArray())).then((signals) =>
      told(signals).filter((line) => !line.endsWith('Closed')),
    )

  test('in one file', async () => {
    const path = file(`4990000 ${connection}\n${first}`)
    expect(await from(4_995_000, path)).toEqual(['5000000 a', '1400000 ClockStepped', '1400100 b'])
  })

  test('in the files that follow', async () => {
    const paths = [file(`4990000 ${connection}\n${first}`), file(`1400200 ${connection}\n1400200 c\n`)]
    expect((await from(4_995_000, ...paths)).slice(0, 3)).toEqual(['5000000 a', '1400000 ClockStepped', '1400100 b'])
    expect((await from(4_995_000, ...paths)).at(-1)).toBe('1400200 c')
  })

  test('where it was put back before `from`, what comes before that is skipped', async () => {
    const path = file(`4990000 ${connection}\n${first}`)
    expect(await from(5_000_001, path)).toEqual([])
    expect(
      await from(1_400_050, file(`1000 ${connection}\n1000 x\n900 {"_tag":"ClockStepped","by":-100}\n1400100 b\n`)),
    ).toEqual(['1400100 b'])
  })
})
