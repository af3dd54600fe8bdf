import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idsOfRows, idsOfTitles, mistakesIn, readCatalogue } from '../../scripts/faults/catalogue.js'
import { shared } from '../helpers/shared.js'

const catalogue = readCatalogue(join(__dirname, '../..'))

/** `F01` to `F50`, for instance. */
const upTo = (last: number) => Array.from({ length: last }, (_, i) => `F${String(i + 1).padStart(2, '0')}`)

test('every row has code that is marked with it and a spec whose title begins with it, and nothing else has', () => {
  expect(mistakesIn(catalogue)).toEqual([])
})

test('the first fifty are there, and all are in their order', () => {
  const { rows } = catalogue
  expect(rows.slice(0, 50)).toEqual(upTo(50))
  expect(rows).toEqual([...new Set(rows)].sort())
})

const lists = ['FAULTS.md', 'FAULTS-2.md'].flatMap((name) => shared(name) ?? [])
const testLists = lists.length === 0 ? test.skip : test

testLists('every row is a fault of the lists (../shared/FAULTS.md, ../shared/FAULTS-2.md)', () => {
  const listed = lists.flatMap((path) => idsOfRows(readFileSync(path, 'utf8')))
  expect(listed).toEqual(expect.arrayContaining([...catalogue.rows]))
})

test('the ids of a title are those that it begins with', () => {
  const titles =
    "test('F01 F02 one, unlike F03', run)\ntest.each(['F04 two'])('%s', run)\ntest(`F05 ${three}`, run) // F06 no"
  expect([...idsOfTitles(titles)]).toEqual(['F01', 'F02', 'F04', 'F05'])
  expect([...idsOfTitles("expect(ids).toEqual(['F01'])")]).toEqual([])
})

test('what is missing is said', () => {
  const mark = { file: 'lib/a.ts', line: 7, ways: [{ line: 7, original: 'x', changed: 'nothing', text: '' }] }
  const spec = { file: 'spec/a-spec.ts', ids: new Set(['F01']) }
  const sound = { rows: ['F01'], marks: [{ ...mark, ids: ['F01'] }], specs: [spec] }
  expect(mistakesIn(sound)).toEqual([])
  expect(mistakesIn({ ...sound, marks: [] })).toEqual(['F01: no code in lib is marked with it'])
  expect(mistakesIn({ ...sound, specs: [] })).toEqual(['F01: no title of a spec begins with it'])
  expect(mistakesIn({ ...sound, rows: [] })).toEqual(['F01: docs/faults.md has no such row'])
  expect(mistakesIn({ ...sound, marks: [{ ...mark, ids: ['F01'], ways: [] }] })).toEqual([
    'lib/a.ts:7 cannot be taken out',
  ])
})
