import { readdir } from 'node:fs/promises'
import { runAll } from './ran.mjs'

/*
 * Runs other people's clients against the simulated venues, and prints a table of what came. An argument chooses those
 * that have it in their names: `npm run interop -- ccxt`.
 */

for (const file of (await readdir(new URL('clients/', import.meta.url))).sort()) await import(`./clients/${file}`)

// Some clients leave connections that are about to close, or try again once they are closed.
process.on('unhandledRejection', () => undefined)

const { lines, failures } = await runAll(process.argv[2] ?? '')
console.log(lines.join('\n'))
for (const failure of failures) console.error(`\n✖ ${failure}`)
console.log(`\n${lines.length - 2} came as they should, ${failures.length} did not`)
// Clients leave timers behind.
process.exit(failures.length === 0 ? 0 : 1)
