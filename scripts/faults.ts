/**
 * Shows for each row of the table of faults that its specs pass, and that they fail when the code that handles the fault
 * is taken out. Works on copies, never on the files themselves; ends with 1 if a row does not hold.
 *
 *     npm run faults [-- F12 F20 …]
 *     npm run faults -- --write       makes docs/faults.md
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { faultsDocument } from './faults/document.js'
import { faultsOf } from './faults/faultsOf.js'
import type { Proof } from './faults/Row.js'
import { rows } from './faults/rows.js'
import { testPattern } from './faults/testPattern.js'
import { trialBench, type Outcome } from './trialBench.js'

const root = resolve(import.meta.dirname, '..')
const PATIENCE = 180_000

const read = (file: string): string | undefined =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined

interface Job extends Proof {
  readonly id: string
}

/** What is wrong with a proof; `undefined` where it holds. */
const judged = async ({ run, stop }: ReturnType<typeof trialBench>, job: Job): Promise<string | undefined> => {
  const { spec, test, without } = job
  const original = read(without.file) ?? ''
  const trial = { file: without.file, original, specs: [spec], name: testPattern(test) }
  const once = (text: string): Promise<Outcome> => run({ ...trial, text }, PATIENCE)
  const before = await once(original)
  if (before !== 'passed') return `as it is: ${before}`
  const after = await once(original.replace(without.code, () => without.instead))
  // What it leaves behind is none of the next one's.
  stop()
  return after === 'failed' || after === 'late' ? undefined : `without its handling: ${after}`
}

const check = async (ids: readonly string[]): Promise<number> => {
  const asked = rows.filter(({ id }) => ids.length === 0 || ids.includes(id))
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id))
  const wrong = [...asked.flatMap((row) => faultsOf(row, read)), ...unknown.map((id) => `${id} is no row`)]
  for (const reason of wrong) console.log(reason)
  if (wrong.length > 0) return 1
  const queue = asked.flatMap(({ id, proofs }) => proofs.map((proof): Job => ({ id, ...proof })))
  const count = queue.length
  const failed = new Set<string>()
  const started = performance.now()
  const base = mkdtempSync(join(tmpdir(), 'faults-'))
  const benches = [0, 1].map((i) => trialBench(join(base, String(i))))
  try {
    await Promise.all(
      benches.map(async (bench) => {
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
          const reason = await judged(bench, job)
          if (reason !== undefined) failed.add(job.id)
          console.log(`${job.id} ${reason ?? 'holds'} | ${job.spec} | ${job.test}`)
        }
      }),
    )
  } finally {
    for (const { stop } of benches) stop()
    rmSync(base, { recursive: true, force: true })
  }
  const seconds = Math.round((performance.now() - started) / 1_000)
  const broken = failed.size === 0 ? 'all hold' : `${[...failed].sort().join(' ')} do not hold`
  console.log(`${asked.length} faults, ${count} specs run with and without their handling: ${broken}; ${seconds} s`)
  return failed.size === 0 ? 0 : 1
}

const main = async ([...given]: readonly string[]): Promise<number> => {
  if (!given.includes('--write')) return await check(given)
  writeFileSync(join(root, 'docs/faults.md'), faultsDocument(rows))
  return 0
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
