import { deepStrictEqual } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import packageJson from '../../package.json'
import { API_REPORT, apiReport } from './apiReport.js'
import { measured } from './budgets.js'
import { entries, program } from './entries.js'
import { identities } from './identities.js'
import { manifest } from './manifest.js'
import { missingTypes } from './missingTypes.js'
import { whereInstalled } from './whereInstalled.js'

const { main, module, types, bin, exports, typesVersions } = packageJson
deepStrictEqual({ main, module, types, bin, exports, typesVersions }, manifest)

const requiredAndImported = `
  import { createRequire } from 'node:module'
  const require = createRequire(process.cwd() + '/')
  for (const name of ${JSON.stringify(entries.map(({ name }) => name))})
    if ((await import(name)) !== require(name)) throw new Error(name + ' is another module for require')`
execFileSync(process.execPath, ['--input-type=module', '-e', requiredAndImported])

/** Codecs of users, made with their io-ts, and ours, made with the part that is bundled, go into each other. */
const nested = `
  import * as t from 'io-ts'
  import { deepStrictEqual } from 'node:assert/strict'
  import { Decimal, Id, many, wire } from 'aster-rx'
  const text = Object.assign(t.string.pipe(t.string), { fast: (u) => (typeof u === 'string' ? u : undefined) })
  const ours = wire('Fill', 'fill', { price: ['p', Decimal], note: ['n', text] })
  const theirs = t.intersection([t.type({ fills: many(ours) }), t.partial({ ids: t.array(t.union([Id, t.null])) })])
  const read = theirs.decode({ fills: [{ e: 'fill', p: '4.00', n: 'a' }], ids: ['1', null] })
  deepStrictEqual(read.right, { fills: [{ price: '4.00', note: 'a' }], ids: [1, null] })
  const { left } = theirs.decode({ fills: [{ e: 'fill', p: 4, n: 5 }], ids: [{}] })
  deepStrictEqual(left.map(({ context }) => context.map(({ key }) => key).join('/')), ['/0/fills/0/p', '/0/fills/0/n', '/1/ids/0/0', '/1/ids/0/1'])`
execFileSync(process.execPath, ['--input-type=module', '-e', nested])

const version = execFileSync(process.execPath, [program.path, '--version'], { encoding: 'utf8' })
deepStrictEqual(version, `${packageJson.version}\n`)

if (readFileSync(API_REPORT, 'utf8') !== (await apiReport()))
  throw new Error(`${API_REPORT} is not what the package declares: run \`npm run api\`, and look at the difference`)

deepStrictEqual(missingTypes('dist'), [])

const { tarball, said } = await whereInstalled((folder, tarball) => ({ tarball, said: identities(folder) }))
for (const line of said) console.log(line)

for (const { what, measured: value, problem } of await measured(tarball)) {
  console.log(`${what}: ${value}${problem === undefined ? '' : `, but ${problem}`}`)
  if (problem !== undefined) process.exitCode = 1
}
