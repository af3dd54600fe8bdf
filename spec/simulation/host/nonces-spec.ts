import { nonces } from '../../../lib/simulation/host/walletSignature.js'

const now = 1_000_000

test('each nonce once, by signer', () => {
  const { accept } = nonces()
  expect([accept('a', now * 1_000, now), accept('a', now * 1_000, now), accept('b', now * 1_000, now)]).toEqual([
    true,
    false,
    true,
  ])
})

test('at most ten seconds from the time', () => {
  const { accept } = nonces()
  const at = (us: number) => accept('a', now * 1_000 + us, now)
  expect([at(10_000_000), at(-10_000_000), at(10_000_001), at(-10_000_001)]).toEqual([true, true, false, false])
  expect([accept('a', NaN, now), accept('a', now * 1_000 + 0.5, now)]).toEqual([false, false])
})

test('the latest hundred are remembered, and nothing below them is taken', () => {
  const { accept } = nonces()
  const at = (us: number) => accept('a', now * 1_000 + us, now)
  for (let i = 1; i < 100; i++) expect(at(i * 10)).toBe(true)
  expect([at(5), at(4), at(5), at(6), at(15)]).toEqual([true, false, false, true, true])
  expect([at(6), at(9), at(10), at(11)]).toEqual([false, false, false, true])
})
