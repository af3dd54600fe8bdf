import { emptyTape, TAPE, withPrint, type Print } from '../../../../lib/cli/dashboard/state/tape.js'

const print = (time: number): Print => ({ time, price: '1.00', quantity: '2', isSale: false })

test('holds the last trades, newest first, and counts all of them', () => {
  const times = Array.from({ length: TAPE + 5 }, (_, i) => i)
  const tape = times.map(print).reduce(withPrint, emptyTape)
  expect(tape.count).toBe(TAPE + 5)
  expect(tape.prints.map(({ time }) => time)).toEqual(times.toReversed().slice(0, TAPE))
})
