import { bitcoinScale } from '../../../lib/simulation/market/Scale.js'
import { instrument } from '../../../lib/simulation/exchange/Instrument.js'
import type { Holding } from '../../../lib/simulation/exchange/Wallet.js'
import { withContractFill } from '../../../lib/simulation/exchange/futuresWallet.js'

const bitcoin = instrument('BTCUSDT', bitcoinScale)
const flat: Holding = { instrument: bitcoin, positionSide: 'BOTH', lots: 0, cost: 0n, realized: 0n, added: 0n }

/** Lots, cost and profit in ticks times lots after some fills. */
const after = (...fills: readonly (readonly ['BUY' | 'SELL', quantity: number, price: number])[]) => {
  const { lots, cost, realized } = fills.reduce(
    (holding, [side, quantity, price]) => withContractFill(holding, side, { price, quantity })[0],
    flat,
  )
  return [lots, Number(cost) / Number(bitcoin.tickLot), Number(realized) / Number(bitcoin.tickLot)]
}

test('opening, adding to it, closing a part, closing all', () => {
  expect(after(['BUY', 2, 100])).toEqual([2, 200, 0])
  expect(after(['BUY', 2, 100], ['BUY', 2, 110])).toEqual([4, 420, 0])
  expect(after(['BUY', 2, 100], ['BUY', 2, 110], ['SELL', 1, 120])).toEqual([3, 315, 15])
  expect(after(['BUY', 2, 100], ['BUY', 2, 110], ['SELL', 4, 120])).toEqual([0, 0, 60])
})

test('sold short', () => {
  expect(after(['SELL', 2, 100])).toEqual([-2, 200, 0])
  expect(after(['SELL', 2, 100], ['BUY', 1, 90])).toEqual([-1, 100, 10])
})

test('turned around', () => {
  expect(after(['BUY', 2, 100], ['SELL', 5, 110])).toEqual([-3, 330, 20])
  expect(after(['SELL', 2, 100], ['BUY', 5, 110])).toEqual([3, 330, -20])
})

test('nothing is lost by rounding', () => {
  const fills = [
    ['BUY', 3, 100],
    ['BUY', 4, 101],
    ['SELL', 5, 103],
    ['SELL', 2, 99],
  ] as const
  expect(after(...fills)).toEqual([0, 0, 5 * 103 + 2 * 99 - 300 - 404])
})
