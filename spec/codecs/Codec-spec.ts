import * as t from 'io-ts'
import { guarded, isGuard } from '../../lib/codecs/Codec.js'
import { Decimal } from '../../lib/codecs/Decimal.js'
import { Levels } from '../../lib/codecs/Levels.js'
import { many } from '../../lib/codecs/many.js'
import { nullable } from '../../lib/codecs/nullable.js'
import { Window } from '../../lib/events/WindowTicker.js'
import { reasonOf } from './reasonOf.js'

const Even = guarded<number>('Even', (u): u is number => typeof u === 'number' && u % 2 === 0)

test('a guard is everything', () => {
  expect(Even.name).toBe('Even')
  expect(Even.is(2)).toBe(true)
  expect(Even.is(3)).toBe(false)
  expect(Even.fast(2)).toBe(2)
  expect(Even.fast(3)).toBeUndefined()
  expect(Even.decode(2)).toEqual({ _tag: 'Right', right: 2 })
  expect(Even.encode(2)).toBe(2)
  expect(reasonOf(Even, 3)).toBe('expected Even, came 3')
  expect(Even.scan).toBeUndefined()
})

test('what it refuses can be explained in other words', () => {
  const Odd = guarded<number>('Odd', (u): u is number => typeof u === 'number' && u % 2 === 1, {
    explain: (u, context) => t.failure(u, t.appendContext(context, 'half', Even, 0)),
    scan: () => 7,
  })
  expect(reasonOf(Odd, 4)).toBe('half: expected Even, came 4')
  expect(Odd.scan?.('', 0)).toBe(7)
})

test('guards are told from codecs that change what they read', () => {
  expect([Even, Decimal].map(isGuard)).toEqual([true, true])
  expect([nullable(Decimal), many(Decimal), Window, Levels].map(isGuard)).toEqual([false, false, false, false])
})
