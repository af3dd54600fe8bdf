import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Venue } from '../../lib/venues/Venue.js'
import { venues } from '../fixtures/fixturesOf.js'

const root = join(__dirname, '../..')
const page = readFileSync(join(root, 'docs/venues.md'), 'utf8')

test('docs/venues.md quotes the sample', () => {
  const sample = readFileSync(join(root, 'samples/binance.ts'), 'utf8')
  expect(page).toContain(`\`\`\`ts\n// samples/binance.ts\n${sample}\`\`\``)
})

test.each(venues.map(([venue]) => [venue.name, venue] as const))('it says what %s is', (name, venue: Venue) => {
  const [row = ''] = page.split('\n').filter((line) => line.startsWith(`| \`${name}\` `))
  const [, , market, account, credentials, carrier, others] = row.split('|').map((cell) => cell.trim())
  expect([market, account]).toEqual([Object.keys(venue.streams).length > 0 ? 'yes' : '', 'yes'])
  expect(carrier).toContain(venue.websocketApi === undefined ? 'a listen key' : 'the WebSocket API')
  const named = Object.keys(venue.endpoints.named ?? {})
  if (named.length > 0) expect(others).toBe(named.map((one) => `\`${one}\``).join(', '))
  const signings = Object.values(venue.rest.versions).flatMap(({ signing }) => signing)
  if (credentials !== 'the same') expect(credentials?.includes('user')).toBe(signings.includes('eip712'))
})
