import { createHeard } from '../../../lib/communicators/websocket/heard.js'

const allowances: Readonly<Record<string, number>> = { a: 10, b: 100, never: Infinity }
const heardOf = (...names: readonly string[]) => {
  const heard = createHeard((name) => allowances[name] ?? 10)
  heard.carry(new Set(names), 0)
  return heard
}

describe('heard', () => {
  test('quiet for too long: told once, with how long', () => {
    const heard = heardOf('a', 'b')
    expect([heard.due(), heard.silent(9), heard.due()]).toEqual([10, [], 10])
    expect(heard.silent(12)).toEqual([{ stream: 'a', quiet: 12 }])
    expect([heard.due(), heard.silent(50)]).toEqual([100, []])
    expect(heard.silent(100)).toEqual([{ stream: 'b', quiet: 100 }])
    expect([heard.due(), heard.silent(1_000)]).toEqual([Infinity, []])
  })

  test('what is heard has its allowance again', () => {
    const heard = heardOf('a')
    expect(heard.note('a', 8)).toBe('heard')
    expect([heard.silent(10), heard.due(), heard.silent(17)]).toEqual([[], 18, []])
    expect(heard.silent(18)).toEqual([{ stream: 'a', quiet: 10 }])
    expect(heard.note('a', 30)).toBe('back')
    expect(heard.note('a', 31)).toBe('heard')
    expect([heard.due(), heard.silent(40), heard.silent(41)]).toEqual([40, [], [{ stream: 'a', quiet: 10 }]])
  })

  test('what is carried already keeps its time, and what is not carried any more is forgotten', () => {
    const heard = heardOf('a', 'b')
    heard.carry(new Set(['a', 'c']), 5)
    expect(heard.note('b', 6)).toBe('unknown')
    expect(heard.silent(10)).toEqual([{ stream: 'a', quiet: 10 }])
    expect([heard.due(), heard.silent(15)]).toEqual([15, [{ stream: 'c', quiet: 10 }]])
  })

  test('some may be quiet for good', () => {
    const heard = heardOf('never')
    expect([heard.due(), heard.silent(1e12)]).toEqual([Infinity, []])
  })

  test('a look that comes late looks again, once', () => {
    const heard = heardOf('a', 'c')
    expect([heard.silent(261), heard.due(), heard.silent(510)]).toEqual([[], 511, []])
    heard.note('c', 505)
    expect(heard.silent(511)).toEqual([{ stream: 'a', quiet: 511 }])
    expect([heard.due(), heard.silent(515)]).toEqual([515, [{ stream: 'c', quiet: 10 }]])
    expect(heardOf('a').silent(260)).toEqual([{ stream: 'a', quiet: 260 }])
  })

  test('late a second time: again', () => {
    const heard = heardOf('a')
    expect([heard.silent(300), heard.note('a', 545), heard.silent(550), heard.due()]).toEqual([[], 'heard', [], 555])
    expect([heard.silent(900), heard.due(), heard.silent(1_149)]).toEqual([[], 1_150, []])
    expect(heard.silent(1_150)).toEqual([{ stream: 'a', quiet: 605 }])
  })
})
