import { money, moneyText } from '../../../lib/simulation/exchange/Money.js'
import { fc, test as property } from '../../property.js'

test.each([
  ['1', 100_000_000n],
  ['-0.5', -50_000_000n],
  ['0.00000001', 1n],
  ['1e-8', 1n],
  ['0.000000010', 1n],
  ['0.000000001', undefined],
  ['61686.10', 6_168_610_000_000n],
])('%s', (text, amount) => {
  expect(money(text)).toBe(amount)
})

test.each([
  [0n, 8, '0.00000000'],
  [-1n, 8, '-0.00000001'],
  [123_456_789n, 8, '1.23456789'],
  [123_456_789n, 2, '1.23'],
  [123_456_789n, 0, '1'],
  [123_456_789n, 10, '1.2345678900'],
])('%s with %s digits', (amount, digits, text) => {
  expect(moneyText(amount, digits)).toBe(text)
})

property.prop([fc.bigInt(-(10n ** 20n), 10n ** 20n)])('what is written is read', (amount) => {
  expect(money(moneyText(amount))).toBe(amount)
})
