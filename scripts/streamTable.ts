import { codecOf } from '../lib/venues/codecOf.js'
import { router } from '../lib/venues/router.js'
import type { AccountRow, StreamRow, Venue } from '../lib/venues/Venue.js'
import { venues } from '../spec/fixtures/fixturesOf.js'

interface Entry {
  readonly kind: string
  readonly stream: string
  readonly note: string
}

const ofStream = ([kind, { name, retired, unasked }]: readonly [string, StreamRow]): Entry => ({
  kind,
  stream: `\`${name}\``,
  note: [
    ...(retired === undefined ? [] : [`retired ${retired}: decodes, is not asked for`]),
    ...(unasked === true ? ['comes unasked'] : []),
  ].join('; '),
})

const ofAccount = ([e, { kind, stream }]: readonly [string, AccountRow]): Entry => ({
  kind,
  stream: stream === undefined ? `account: \`${e}\`` : `\`${stream}\` (account: \`${e}\`)`,
  note: '',
})

const entriesOf = ({ streams, account, depthSnapshot }: Venue): readonly Entry[] => [
  ...Object.entries(streams).map(ofStream),
  ...(depthSnapshot === undefined ? [] : [{ kind: 'depthSnapshot', stream: 'REST', note: '' }]),
  ...Object.entries(account).map(ofAccount),
]

/** A name of the kind's fixtures and their numbers: `btcusdt@kline_1m` (3, 4). */
const fixtureOf = ([venue, fixtures]: (typeof venues)[number], kind: string): string => {
  const found = fixtures.flatMap((fixture, i) => (fixture.kind === kind ? [{ ...fixture, i }] : []))
  const { stream = '' } = found.find(({ canonical }) => canonical) ?? {}
  const name = router(venue)(stream)?.isAccount === false ? `\`${stream}\` ` : ''
  return `${name}(${found.map(({ i }) => i).join(', ')})`
}

const table = (rows: readonly (readonly string[])[]): string => {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n')
}

const section = (one: (typeof venues)[number]): string => {
  const [venue] = one
  const rows = entriesOf(venue).map(({ kind, stream, note }) => {
    const payload = codecOf<Venue>(venue, kind).name
    return [`\`${kind}\``, stream, `\`${payload}\``, fixtureOf(one, kind), note]
  })
  return `## ${venue.name}\n\n${table([['kind', 'stream', 'payload', 'fixture', 'note'], ...rows])}\n`
}

const opening = `---
title: Streams and events
group: Reference
---

# Streams and events

Every stream and every account event of every venue, made from the venues' tables and their fixtures by \`npm run streams\`. A stream's name is written as in its row: what stands in \`<…>\` is a parameter, what stands in \`[…]\` may be left out. The kind is the name of the Observable less its \`$\`, the payload the type of its events. A fixture is a literal frame of \`spec/fixtures\`: the name of a stream that has one, and the numbers of all of them, as \`npx jest spec/fixtures\` says them.
`

/** The page docs/streams.md. */
export const streamTable = (): string => [opening, ...venues.map(section)].join('\n')
