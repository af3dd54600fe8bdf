import { planned } from '../../../../lib/simulation/host/faults/planned.js'

test('what is planned comes in order, as often as planned', () => {
  const { plan, take } = planned<string>()
  expect(take()).toBeUndefined()
  plan('a')
  plan('never', 0)
  plan('b', 2)
  expect([take(), take(), take(), take()]).toEqual(['a', 'b', 'b', undefined])
})

test('for ever, until cleared', () => {
  const { plan, take, clear } = planned<string>()
  plan('a', Infinity)
  expect([take(), take(), take()]).toEqual(['a', 'a', 'a'])
  clear()
  expect(take()).toBeUndefined()
})
