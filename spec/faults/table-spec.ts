import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsDocument } from '../../scripts/faults/document.js'
import { faultsOf } from '../../scripts/faults/faultsOf.js'
import { rows } from '../../scripts/faults/rows.js'
import { testPattern } from '../../scripts/faults/testPattern.js'
import { shared } from '../helpers/shared.js'

const read = (file: string): string | undefined => {
  const path = join(__dirname, '../..', file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

test('docs/faults.md is what the table says', () => {
  expect(read('docs/faults.md')).toBe(faultsDocument(rows))
})

test.each(rows)('$id: its specs are there, and what they take out', (row) => {
  expect(faultsOf(row, read)).toEqual([])
})

test('F01 to F50 have a row each, in their order', () => {
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`))
})

const list = shared('FAULTS.md')
const testList = list === undefined ? test.skip : test

testList('every fault of the list has a row (../shared/FAULTS.md)', () => {
  const ids = [...readFileSync(list ?? '', 'utf8').matchAll(/^\| (F\d\d) \|/gm)].map(([, id]) => id)
  expect(rows.map(({ id }) => id)).toEqual(ids)
})

test('a title is found in full names, whatever it was filled with', () => {
  const name = (title: string) => new RegExp(testPattern(title), 'i')
  expect(name('F05 close %d (%s)').test('connecting F05 close 1006 (a b)')).toBe(true)
  expect(name('F05 close %d').test('connecting F06 close 1006')).toBe(false)
  expect(name('of $rule.name').test('of linked ids')).toBe(false)
  expect(name('$_tag is no end').test('endOf Opened is no end')).toBe(true)
  expect(name('group').test('group a test of it')).toBe(true)
  expect(name('group').test('grouped tests')).toBe(false)
})

test('what is wrong with a row is said', () => {
  const without = { file: 'a.ts', code: 'x', instead: '' }
  const files: Readonly<Record<string, string>> = { 'a.ts': 'x + x', 'b.ts': 'x', 'a-spec.ts': "test('good', …" }
  const row = { id: 'F01', fault: '', must: '' }
  const proof = { spec: 'a-spec.ts', invariants: [], test: 'good', without }
  const wrong = (change: object) => faultsOf({ ...row, proofs: [{ ...proof, ...change }] }, (file) => files[file])
  expect(faultsOf({ ...row, proofs: [] }, () => undefined)).toEqual(['F01 has no spec'])
  expect(wrong({ without: { ...without, file: 'b.ts' } })).toEqual([])
  expect(wrong({})).toEqual(["F01: 'x' occurs 2 times in a.ts"])
  expect(wrong({ without: { file: 'b.ts', code: 'x', instead: 'x' } })).toEqual(['F01: nothing is taken out of b.ts'])
  expect(wrong({ test: 'better', without: { ...without, file: 'b.ts' } })).toEqual([
    "F01: a-spec.ts has no test 'better'",
  ])
})
