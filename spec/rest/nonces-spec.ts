import { createNonces } from '../../lib/rest/nonces.js'

test('the time in microseconds', () => {
  expect(createNonces().next(1_748_310_859_508.8672)).toBe(1_748_310_859_508_867)
})

test('each is greater than the one before, at the same time and when the time goes back', () => {
  const nonces = createNonces()
  expect([5, 5, 5.001, 4, 0, 6].map(nonces.next)).toEqual([5_000, 5_001, 5_002, 5_003, 5_004, 6_000])
})

test('two signers have their own', () => {
  expect([createNonces().next(1), createNonces().next(1)]).toEqual([1_000, 1_000])
})

test('a clock that was ahead is put back, and no nonce comes twice', () => {
  const nonces = createNonces()
  const ahead = [10, 10, 10].map(nonces.next)
  nonces.restart(9.999)
  expect([9.999, 9.999, 9.999, 9.999].map(nonces.next)).toEqual([10_003, 10_004, 10_005, 10_006])
  expect(ahead).toEqual([10_000, 10_001, 10_002])
})

test('after a restart it goes on from the new time', () => {
  const nonces = createNonces()
  nonces.next(100)
  nonces.restart(50)
  expect([nonces.next(50), nonces.next(50), nonces.next(51)]).toEqual([50_001, 50_002, 51_000])
})

test('a restart at a later time changes nothing', () => {
  const nonces = createNonces()
  nonces.next(10)
  nonces.restart(20)
  expect(nonces.next(10)).toBe(10_001)
})

test('the greatest hundred are remembered, until they are passed', () => {
  const nonces = createNonces()
  for (let i = 0; i < 101; i++) nonces.next(1)
  nonces.restart(0.998)
  // 1,000 was the first of 101, and is forgotten; 1,001 to 1,100 are not.
  expect([0.998, 0.998, 0.998].map(nonces.next)).toEqual([999, 1_000, 1_101])
})
