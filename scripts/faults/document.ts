import type { Handling, Invariant, Proof, Row } from './Row.js'

const invariants: Readonly<Record<Invariant, string>> = {
  I1: 'a book that says it is synced is never crossed, gapped, or mixed from two connections',
  I2: 'where the old and the new connection overlap, no event is lost and none comes twice',
  I3: 'no unhandled rejection, no uncaught exception: Jest fails a test that leaves one',
  I4: 'after the last unsubscribe no socket and no timer remains',
  I5: 'no secret, signature, private key or listen key in anything that is said',
  I6: 'never more than the venue’s messages per second, PING and PONG included',
  I7: 'memory is bounded: every buffer has a cap',
  I8: 'the status tells the truth before the data does',
}

const head = `# Faults

What goes wrong with these venues and their clients, what a user of this library sees instead, and the specs that show it. Made by \`npm run faults -- --write\`; a spec checks that it is up to date.

\`npm run faults\` runs each spec twice, on a copy of the project: as it is, and with the code that handles the fault taken out, which must make it fail. \`npm run faults -- F12 F20\` does so for some rows.

Invariants, checked in the specs that name them:
`

const shown = (code: string): string => {
  const flat = code.replace(/\s+/g, ' ').trim()
  return flat === '' ? 'nothing' : `\`${flat.replaceAll('|', '\\|')}\``
}

const takenOut = ({ file, code, instead }: Handling): string =>
  `${file.replace('lib/', '')}: ${shown(code)} → ${shown(instead)}`

const cells = ({ id, fault, must, beyond, proofs }: Row): readonly (readonly string[])[] =>
  proofs.map(({ spec, test, invariants: held, without }: Proof, i) => [
    ...(i === 0 ? [id, fault, beyond === undefined ? must : `${must}. Not here: ${beyond}`] : ['', '', '']),
    `[${spec.replace('spec/', '').replace('-spec.ts', '')}](../${spec}): ${test.replaceAll('|', '\\|').replaceAll('<', '\\<')}`,
    held.join(' '),
    takenOut(without),
  ])

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length), 3))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, i) => (row[i] ?? '') + ' '.repeat(width - (row[i] ?? '').length)).join(' | ')} |`
  const [first = [], ...others] = rows
  return [line(first), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others.map(line)].join('\n')
}

/** docs/faults.md. */
export const faultsDocument = (rows: readonly Row[]): string => {
  const legend = Object.entries(invariants).map(([name, text]) => `- **${name}** ${text}`)
  const table = aligned([
    ['id', 'fault', 'what happens instead', 'spec', 'invariants', 'fails without'],
    ...rows.flatMap(cells),
  ])
  return `${head}\n${legend.join('\n')}\n\n${table}\n`
}
