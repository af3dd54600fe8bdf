import { planned } from '../../../lib/simulation/host/faults.js'

test('what is planned comes in order, as often as planned', () => {
  const { plan, take } = planned<string>()
  expect(take()).toBeUndefined()
  plan('a')
  plan('never', 0)
  plan('b', 2)
  expect([take(), take(), take(), take()]).toEqual(['a', 'b', 'b', undefined])
})

test('for ever', () => {
  const { plan, take } = planned<string>()
  plan('a', Infinity)
  expect([take(), take(), take()]).toEqual(['a', 'a', 'a'])
})
