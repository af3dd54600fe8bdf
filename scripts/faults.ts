/**
 * Shows for each fault of docs/faults.md that the specs whose titles begin with its id pass, and that one of them fails
 * whenever code that is marked with it is taken out. Works on copies, never on the files themselves; ends with 1 if a
 * fault does not hold.
 *
 *     npm run faults [-- F12 F20 …]
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { mistakesIn, readCatalogue } from './faults/catalogue.js'
import type { Mutant } from './mutants.js'
import { onBenches, type Outcome, type TrialBench } from './trialBench.js'

const root = resolve(import.meta.dirname, '..')
/** For a spec as it is; a changed one may take five times as long as that took, and as long as a process needs to begin. */
const PATIENCE = 180_000
const BEGINNING = 20_000
/** A file to leave as it is. */
const UNTOUCHED = 'lib/index.ts'

/** The tests of a spec whose titles begin with an id, and how long they take, in ms. */
interface Proof {
  readonly id: string
  readonly spec: string
  readonly span: number
}

/** One way of taking out what is marked with an id. */
interface Loss {
  readonly id: string
  readonly file: string
  readonly way: Mutant
}

const original = (file: string): string => readFileSync(join(root, file), 'utf8')

const runOf = ({ run }: TrialBench, { id, spec }: Omit<Proof, 'span'>, file: string, text: string, patience: number) =>
  run({ file, original: original(file), text, specs: [spec], name: `\\b${id}\\b` }, patience)

/**
 * The first of the specs that notices, the quickest first: it fails, or never ends, and passes right after it as the
 * code is. `undefined` where none does.
 */
const noticed = async (bench: TrialBench, loss: Loss, proofs: readonly Proof[]): Promise<string | undefined> => {
  const { file, way } = loss
  for (const proof of proofs.filter(({ id }) => id === loss.id).toSorted((a, b) => a.span - b.span)) {
    const patience = BEGINNING + 5 * proof.span
    const outcome = await runOf(bench, proof, file, way.text, patience)
    // What it leaves behind is none of the next one's.
    bench.stop()
    if (outcome !== 'failed' && outcome !== 'late') continue
    if ((await runOf(bench, proof, file, original(file), patience)) === 'passed') return `${proof.spec} ${outcome}`
  }
  return undefined
}

const main = async (asked: readonly string[]): Promise<number> => {
  const catalogue = readCatalogue(root)
  const { rows, marks, specs } = catalogue
  const mistakes = [
    ...mistakesIn(catalogue),
    ...asked.filter((id) => !rows.includes(id)).map((id) => `${id} is no row`),
  ]
  for (const mistake of mistakes) console.log(mistake)
  if (mistakes.length > 0) return 1
  const ids = rows.filter((id) => asked.length === 0 || asked.includes(id))
  const started = performance.now()
  const failed = new Set<string>()
  const proofs: Proof[] = []
  const losses = marks.flatMap(({ file, ids: on, ways }) =>
    ways.flatMap((way) => on.filter((id) => ids.includes(id)).map((id): Loss => ({ id, file, way }))),
  )
  const trials = specs.flatMap(({ file: spec, ids: on }) => ids.filter((id) => on.has(id)).map((id) => ({ id, spec })))
  await onBenches(async (each) => {
    await each(trials, async (trial, bench) => {
      const before = performance.now()
      const outcome: Outcome = await runOf(bench, trial, UNTOUCHED, original(UNTOUCHED), PATIENCE)
      proofs.push({ ...trial, span: performance.now() - before })
      if (outcome === 'passed') return
      failed.add(trial.id)
      console.log(`${trial.id} as it is: ${outcome} | ${trial.spec}`)
    })
    await each(losses, async (loss, bench) => {
      const { id, file, way } = loss
      const spec = await noticed(bench, loss, proofs)
      if (spec === undefined) failed.add(id)
      console.log(`${id} ${spec ?? 'UNNOTICED'} | ${file}:${way.line} ${way.original} → ${way.changed}`)
    })
  })
  const seconds = Math.round((performance.now() - started) / 1_000)
  const broken = failed.size === 0 ? 'all hold' : `${[...failed].sort().join(' ')} do not hold`
  console.log(`${ids.length} faults, ${losses.length} ways of taking out what handles them: ${broken}; ${seconds} s`)
  return failed.size === 0 ? 0 : 1
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
