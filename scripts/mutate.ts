/**
 * Changes the depth rules, the book and its sync in every small way, one at a time, and lists what the specs leave
 * undetected. Works on copies, never on the files themselves; ends with 1 if anything is undetected.
 *
 *     npx tsx scripts/mutate.ts [FILE…]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { mutantsOf, type Mutant } from './mutants.js'
import { trialBench } from './trialBench.js'

const root = resolve(import.meta.dirname, '..')
const targets = [
  'lib/venues/depthRule.ts',
  ...readdirSync(join(root, 'lib/book')).map((name) => `lib/book/${name}`),
  ...['syncDepth', 'trampoline'].map((name) => `lib/operators/${name}.ts`),
  ...['backoff', 'rateWindow'].map((name) => `lib/timing/${name}.ts`),
  ...['connection/outbox'].map((name) => `lib/communicators/websocket/${name}.ts`),
]

/** Everything that says something about the targets. */
const all = [
  'spec/venues/depthRule-spec',
  'spec/book/',
  'spec/operators/(syncDepth|trampoline)',
  'spec/timing/(backoff|rateWindow)',
  'spec/communicators/websocket/connection/',
  'spec/vectors/',
]

/** The specs that are most likely to notice, and quick. */
const nearest = (file: string): readonly string[] => {
  const name = basename(file, '.ts')
  if (name === 'depthRule') return ['spec/venues/depthRule-spec', 'spec/book/depthSequence-spec']
  if (file.startsWith('lib/communicators')) return [file.replace(/^lib/, 'spec').replace(/\.ts$/, '-spec')]
  if (file.startsWith('lib/operators')) return [`spec/operators/${name}-spec`]
  if (file.startsWith('lib/timing')) return [`spec/timing/${name}-spec`]
  return name === 'depthSequence' ? ['spec/book/depthSequence-spec'] : ['spec/book/(BookSide|LiveBook|isZero)-spec']
}

const unchanged = (file: string) => {
  const original = readFileSync(join(root, file), 'utf8')
  return { file, original, text: original }
}

interface Job {
  readonly file: string
  readonly original: string
  readonly mutant: Mutant
}

const main = async (): Promise<number> => {
  const asked = process.argv.slice(2)
  const files = asked.length > 0 ? asked : targets
  const jobs = files.flatMap((file): readonly Job[] => {
    const original = readFileSync(join(root, file), 'utf8')
    return mutantsOf(file, original).map((mutant) => ({ file, original, mutant }))
  })
  const base = mkdtempSync(join(tmpdir(), 'mutate-'))
  const benches = Array.from({ length: availableParallelism() }, (_, i) => trialBench(join(base, String(i))))
  const started = performance.now()
  const undetected: Job[] = []
  let late = 0
  const queue = [...jobs]
  try {
    await Promise.all(
      benches.map(async ({ run }) => {
        const before = performance.now()
        if ((await run({ ...unchanged('lib/venues/depthRule.ts'), specs: all }, 120_000)) !== 'passed')
          throw new Error('the specs fail as they are')
        // The first run, which fills the caches, is the longest.
        const patience = performance.now() - before
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
          const { file, original, mutant } = job
          const trial = { file, original, text: mutant.text }
          const first = await run({ ...trial, specs: nearest(file) }, patience / 2)
          const outcome = first === 'passed' ? await run({ ...trial, specs: all }, patience) : first
          if (outcome === 'late') late++
          if (outcome !== 'passed') continue
          undetected.push(job)
          console.log(`${file}:${mutant.line} ${mutant.original} → ${mutant.changed}`)
        }
      }),
    )
  } finally {
    for (const { stop } of benches) stop()
    rmSync(base, { recursive: true, force: true })
  }
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(
    `${jobs.length} mutants of ${files.length} files, ${late} never ended, ${undetected.length} undetected, ${seconds} s`,
  )
  return undetected.length === 0 ? 0 : 1
}

void main().then((code) => {
  process.exitCode = code
})
