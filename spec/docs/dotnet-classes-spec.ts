import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NEVER } from 'rxjs'
import * as main from '../../lib/index.js'
import { isValues } from '../../lib/codecs/Values.js'

const page = readFileSync(join(__dirname, '../../docs/dotnet-classes.md'), 'utf8')
const [names = '', properties = ''] = page.split('## Properties')

const { asterFutures, binanceFutures, binanceSpot } = main
const communicator = () => NEVER
const members = new Set(
  [asterFutures, binanceFutures, binanceSpot].flatMap((venue) =>
    Object.keys(main.createClient<typeof venue>({ venue, communicator })),
  ),
)

/** What the last column of a table says, in backticks. */
const here = names
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => [...(line.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)])
  .flatMap(([, code = '']) => code)

test('every member of a client that the page names is one', () => {
  const named = here.flatMap((code) => [...code.matchAll(/\bclient\.(\w+\$?)/g)].map(([, member = '']) => member))
  expect(named.length).toBeGreaterThan(25)
  expect(named.filter((member) => !members.has(member))).toEqual([])
})

test('every function that it calls is exported, and every venue is one', () => {
  const exported = new Set(Object.keys(main))
  const called = here.flatMap((code) => [...code.matchAll(/(?<![.\w])([a-z]\w+)\(/g)].map(([, name = '']) => name))
  const own = ['unsubscribe']
  expect(called.length).toBeGreaterThan(10)
  expect(called.filter((name) => !exported.has(name) && !own.includes(name))).toEqual([])
  const venues = here.flatMap((code) => [...code.matchAll(/\b(binance\w+)\.([\w.]+)/g)])
  expect(venues.length).toBeGreaterThan(4)
  for (const [, venue = '', path = ''] of venues) {
    const found = path
      .split('.')
      .reduce<unknown>((value, key) => (isValues(value) ? value[key] : undefined), main[venue as 'binanceSpot'])
    expect([venue, path, typeof found === 'string' || typeof found === 'function']).toEqual([venue, path, true])
  }
})

const tables = properties
  .split('\n### ')
  .slice(1)
  .map((table) => {
    const [title = '', ...lines] = table.split('\n')
    const [, , ours = ''] = /`(\w+)` is `(\w+)`/.exec(title) ?? []
    const rows = lines.filter((line) => /^\| `/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()))
    return {
      ours,
      rows: rows.map(([, key = '', , field = '']) => [key.slice(1, -1), field.replaceAll('`', '')] as const),
    }
  })

test('it maps nine classes', () => expect(tables).toHaveLength(9))

test.each(tables)('each row of $ours has the field of its key, and a dash where there is none', ({ ours, rows }) => {
  const { fields } = main[ours as 'Trade']
  const ofKey = new Map(fields.map(({ key, name }) => [key, name]))
  expect(rows.length).toBeGreaterThan(4)
  for (const [key, field] of rows) expect([key, field]).toEqual([key, ofKey.get(key) ?? '–'])
})
