import { fork, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import jestConfig from '../jest.config.js'
import type { Trial, Verdict } from './trialWorker.js'

/** What became of a trial: `late` has not ended in time, `dead` took its process along. */
type Outcome = Verdict | 'late' | 'dead'

const root = resolve(import.meta.dirname, '..')

const copyTo = (base: string): string => {
  const folder = join(base, 'project')
  mkdirSync(folder, { recursive: true })
  for (const name of ['lib', 'spec', 'samples', 'scripts', 'docs', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('/node_modules'),
    })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const shared = resolve(root, '../shared')
  if (existsSync(shared)) symlinkSync(shared, join(base, 'shared'))
  return folder
}

/** Runs specs in a copy of the project. */
export type TrialBench = ReturnType<typeof trialBench>

/** Does each job on the first bench that is free. */
export type Each = <Job>(jobs: readonly Job[], work: (job: Job, bench: TrialBench) => Promise<void>) => Promise<void>

/** Sets up a bench for each core, and takes them down when the work is done. */
export const onBenches = async <A>(work: (each: Each) => Promise<A>): Promise<A> => {
  const base = mkdtempSync(join(tmpdir(), 'trials-'))
  const benches = Array.from({ length: availableParallelism() }, (_, i) => trialBench(join(base, String(i))))
  try {
    return await work(async (jobs, act) => {
      const queue = [...jobs]
      const drain = async (bench: TrialBench) => {
        for (let job = queue.shift(); job !== undefined; job = queue.shift()) await act(job, bench)
      }
      await Promise.all(benches.map(drain))
    })
  } finally {
    for (const { stop } of benches) stop()
    rmSync(base, { recursive: true, force: true })
  }
}

/** A copy of the project with a process that runs specs in it. */
const trialBench = (base: string) => {
  const folder = copyTo(base)
  // Plain JavaScript, because a loader for TypeScript would look at everything that Jest loads.
  const script = join(folder, 'trialWorker.mjs')
  buildSync({ entryPoints: [join(root, 'scripts/trialWorker.ts')], outfile: script, format: 'esm' })
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
      cwd: folder,
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
      child.once('message', (verdict: Verdict) => finish(verdict))
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
