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
import { onBenches, type TrialBench } from './trialBench.js'
import type { Trial } from './trialWorker.js'

const root = resolve(import.meta.dirname, '..')
/** For a spec as it is; a changed one may take five times as long as that took, and as long as a process needs to begin. */
const PATIENCE = 180_000
const BEGINNING = 20_000

/** The tests of a spec whose titles begin with an id, and how long they take, in ms. */
interface Proof {
  readonly id: string
  readonly spec: string
  readonly span: number
}

/** A file, as it is and as it is tried. */
type Text = Pick<Trial, 'file' | 'original' | 'text'>

/** One way of taking out what is marked with an id. */
interface Loss {
  readonly id: string
  readonly way: Mutant
  readonly changed: Text
}

const asItIs = (file: string): Text => {
  const original = readFileSync(join(root, file), 'utf8')
  return { file, original, text: original }
}

const runOf = ({ run }: TrialBench, { id, spec }: Omit<Proof, 'span'>, text: Text, patience: number) =>
  run({ ...text, specs: [spec], name: `\\b${id}\\b` }, patience)

/**
 * The first of the specs that notices, the quickest first: it fails, or never ends, and passes right after it as the
 * code is. `undefined` where none does.
 */
const noticed = async (bench: TrialBench, { id, changed }: Loss, proofs: readonly Proof[]) => {
  for (const proof of proofs.filter((one) => one.id === id).toSorted((a, b) => a.span - b.span)) {
    const patience = BEGINNING + 5 * proof.span
    const outcome = await runOf(bench, proof, changed, patience)
    // What it leaves behind is none of the next one's.
    bench.stop()
    if (outcome !== 'failed' && outcome !== 'late') continue
    const before = await runOf(bench, proof, { ...changed, text: changed.original }, patience)
    if (before === 'passed') return `${proof.spec} ${outcome}`
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
  const untouched = asItIs('lib/index.ts')
  const losses = marks.flatMap(({ file, ids: on, ways }) =>
    ways.flatMap((way) => {
      const changed = { ...asItIs(file), text: way.text }
      return on.filter((id) => ids.includes(id)).map((id): Loss => ({ id, way, changed }))
    }),
  )
  const trials = specs.flatMap(({ file: spec, ids: on }) => ids.filter((id) => on.has(id)).map((id) => ({ id, spec })))
  await onBenches(async (each) => {
    await each(trials, async (trial, bench) => {
      const before = performance.now()
      const outcome = await runOf(bench, trial, untouched, PATIENCE)
      proofs.push({ ...trial, span: performance.now() - before })
      if (outcome === 'passed') return
      failed.add(trial.id)
      console.log(`${trial.id} as it is: ${outcome} | ${trial.spec}`)
    })
    await each(losses, async (loss, bench) => {
      const { id, way, changed } = loss
      const spec = await noticed(bench, loss, proofs)
      if (spec === undefined) failed.add(id)
      console.log(`${id} ${spec ?? 'UNNOTICED'} | ${changed.file}:${way.line} ${way.original} → ${way.changed}`)
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
