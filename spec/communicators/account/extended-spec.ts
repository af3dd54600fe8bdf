import { EMPTY, of } from 'rxjs'
import { extended, type Extending } from '../../../lib/communicators/account/extended.js'
import type { KeyFailure } from '../../../lib/operators/keepAlive.js'
import { marbles } from '../../../lib/testing/marbles.js'

const broken = new Error('503')
const plan = { retry: { delay: 2 }, gone: (error: unknown) => error === 'gone', failed: () => undefined }

test(
  'again and again until it works, and each failure is told',
  marbles(({ cold, expectObservable, scheduler, flush }) => {
    const answers = [cold('-#', undefined, broken), cold('#', undefined, broken), cold('-x-x')]
    const failures: KeyFailure[] = []
    const extend: Extending['extend'] = () => answers.shift() ?? EMPTY
    const failed = (failure: KeyFailure) => failures.push(failure)
    expectObservable(extended({ ...plan, extend, failed, scheduler })).toBe('--------|')
    flush()
    expect(failures).toEqual([
      { error: broken, attempt: 1, delay: 2 },
      { error: broken, attempt: 2, delay: 4 },
    ])
  }),
)

test(
  'an answer without a value is one, and gone is an error',
  marbles(({ cold, expectObservable, scheduler }) => {
    expectObservable(extended({ ...plan, extend: () => cold('--|'), scheduler })).toBe('--|')
    expectObservable(extended({ ...plan, extend: () => of('ok'), scheduler })).toBe('|')
    expectObservable(extended({ ...plan, extend: () => cold('-#', undefined, 'gone'), scheduler })).toBe(
      '-#',
      {},
      'gone',
    )
  }),
)
