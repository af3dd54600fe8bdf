import { readFileSync, writeFileSync } from 'node:fs'
import { Subject } from 'rxjs'
import { frame, type Signal } from '../../lib/Signal.js'
import { recorderUnderTest } from '../../scripts/soak/recorderUnderTest.js'
import { scratch } from '../communicators/scratch.js'

const { path } = scratch()

const recorded = (file: string) => {
  const signal$ = new Subject<Signal>()
  const recorder = recorderUnderTest(signal$, file)
  for (let i = 0; i < 6; i++) {
    signal$.next(frame(`{"n":${i}}`, i))
    if (i % 2 === 0) recorder.restart()
  }
  return recorder
}

test('what was given to a recorder that was restarted is in its file', async () => {
  expect(await recorded(path('whole.txt')).finish()).toEqual([])
})

test('a frame that is missing is found', async () => {
  const file = path('less.txt')
  const recorder = recorded(file)
  recorder.restart()
  writeFileSync(file, readFileSync(file, 'utf8').replace('{"n":3}', '{"n":4}'))
  expect(await recorder.finish()).toMatchObject([{ rule: 'recording' }])
})
