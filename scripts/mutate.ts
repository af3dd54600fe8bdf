/**
 * Changes the depth rules, the book and its sync in every small way, one at a time, and lists what the specs leave
 * undetected. Works on copies, never on the files themselves; ends with 1 if anything is undetected.
 *
 *     npx tsx scripts/mutate.ts [FILE…]
 */
import { fork, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import jestConfig from '../jest.config.js'
import { mutantsOf, type Mutant } from './mutants.js'
import type { Trial } from './mutateWorker.js'

const root = resolve(import.meta.dirname, '..')
const targets = [
  'lib/venues/depthRule.ts',
  ...readdirSync(join(root, 'lib/book')).map((name) => `lib/book/${name}`),
  ...['syncDepth', 'oneAtATime', 'backoff'].map((name) => `lib/operators/${name}.ts`),
]

/** Everything that says something about the targets. */
const all = [
  'spec/venues/depthRule-spec',
  'spec/book/',
  'spec/operators/(syncDepth|oneAtATime|backoff)',
  'spec/vectors/',
]

/** The specs that are most likely to notice, and quick. */
const nearest = (file: string): readonly string[] => {
  const name = basename(file, '.ts')
  if (name === 'depthRule') return ['spec/venues/depthRule-spec', 'spec/book/depthSequence-spec']
  if (file.startsWith('lib/operators')) return [`spec/operators/${name}-spec`]
  return name === 'depthSequence' ? ['spec/book/depthSequence-spec'] : ['spec/book/(BookSide|LiveBook|isZero)-spec']
}

const copyTo = (base: string): string => {
  const folder = join(base, 'project')
  mkdirSync(folder, { recursive: true })
  for (const name of ['lib', 'spec', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const shared = resolve(root, '../shared')
  if (existsSync(shared)) symlinkSync(shared, join(base, 'shared'))
  return folder
}

/** A copy of the project with a process that runs specs in it. */
const bench = (base: string) => {
  const folder = copyTo(base)
  // Plain JavaScript, because a loader for TypeScript would look at everything that Jest loads.
  const script = join(folder, 'mutateWorker.mjs')
  buildSync({ entryPoints: [join(root, 'scripts/mutateWorker.ts')], outfile: script, format: 'esm' })
  const config = JSON.stringify({
    ...jestConfig,
    rootDir: folder,
    randomize: false,
    reporters: [],
    cacheDirectory: join(base, 'cache'),
  })
  let worker: ChildProcess | undefined
  let trials = 0

  const stop = (): void => {
    worker?.kill('SIGKILL')
    worker = undefined
    trials = 0
  }

  const attempt = (trial: Trial, patience: number): Promise<Outcome> => {
    const child = (worker ??= fork(script, [folder, config], {
      execArgv: ['--max-old-space-size=1024'],
      stdio: 'ignore',
    }))
    return new Promise((done) => {
      const finish = (outcome: Outcome) => {
        clearTimeout(timer)
        child.removeAllListeners()
        if (outcome === 'late' || outcome === 'dead') {
          stop()
          writeFileSync(join(folder, trial.file), trial.original)
        }
        done(outcome)
      }
      const timer = setTimeout(() => finish('late'), patience)
      child.once('message', (passed) => finish(passed === true ? 'passed' : 'failed'))
      child.once('exit', () => finish('dead'))
      child.send(trial, (error) => error && finish('dead'))
    })
  }

  return {
    /** What becomes of the specs; what has not ended after `patience` ms never ends. */
    run: async (trial: Trial, patience: number): Promise<Outcome> => {
      // A process that has run many specs grows.
      if (trials >= 40) stop()
      const isFresh = trials === 0
      trials++
      const outcome = await attempt(trial, patience)
      // It may have died of an earlier trial.
      return outcome === 'dead' && !isFresh ? await attempt(trial, patience) : outcome
    },
    stop,
  }
}

type Outcome = 'passed' | 'failed' | 'late' | 'dead'

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
  const benches = Array.from({ length: availableParallelism() }, (_, i) => bench(join(base, String(i))))
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
