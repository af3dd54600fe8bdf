import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { streamTable } from '../../scripts/streamTable.js'
import { venues } from '../fixtures/fixturesOf.js'

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'streams.md'), 'utf8')

test('docs/streams.md says what the tables say', () => {
  if (page !== streamTable()) throw new Error('docs/streams.md is not what the tables say: run `npm run streams`')
})

test('it has a line for every stream and every account event of every venue', () => {
  const sections = page.split('\n## ').slice(1)
  for (const [{ name, streams, account }] of venues) {
    const lines = (sections.find((text) => text.startsWith(`${name}\n`)) ?? '').split('\n')
    const lineWith = (text: string) => lines.filter((line) => line.includes(`\`${text}\``)).length
    for (const row of Object.values(streams)) expect([row.name, lineWith(row.name)]).toEqual([row.name, 1])
    for (const e of Object.keys(account)) expect([e, lineWith(e)]).toEqual([e, 1])
  }
})
