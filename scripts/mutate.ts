/**
 * Changes what has to be exact in every small way, one at a time, and lists what the specs leave undetected. Works on
 * copies, never on the files themselves; ends with 1 if anything is undetected.
 *
 *     npm run mutate [-- FILE…]
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { mutantsOf, type Mutant } from './mutants.js'
import { onBenches, type TrialBench } from './trialBench.js'

/** Patterns of spec files. */
type Specs = readonly string[]

const book: Specs = ['spec/(book|vectors)/', 'spec/venues/depthRule', 'spec/operators/(syncDepth|trampoline)']
const levels: Specs = ['spec/book/(BookSide|LiveBook|isZero)']
const timing: Specs = ['spec/timing/(backoff|rateWindow|deadline)']
const session: Specs = ['spec/communicators/websocket/session/']
const subscriptions: Specs = ['spec/communicators/websocket/connection/subscriptions']
const liveness: Specs = ['spec/communicators/websocket/connection/liveness']
const outbox: Specs = ['spec/communicators/websocket/connection/outbox']
const account: Specs = ['spec/communicators/account/accountS', 'spec/communicators/accountCommunicator']
const gate: Specs = ['spec/communicators/account/reconcile']
const arbiter: Specs = ['spec/client/(arbiter|arbiterModel|overlap|sequenced)-spec']
const client: Specs = ['spec/client/']

/** What is changed, the specs that are likely to notice and quick, and all that say something about it. */
const targets: readonly (readonly [file: string, nearest: Specs, all: Specs])[] = [
  ['lib/venues/depthRule.ts', ['spec/venues/depthRule', 'spec/book/depthSequence'], book],
  ['lib/book/depthSequence.ts', ['spec/book/depthSequence'], book],
  ['lib/book/BookSide.ts', levels, book],
  ['lib/book/LevelTable.ts', ['spec/book/LevelTable'], book],
  ['lib/book/BestKeys.ts', ['spec/book/BestKeys'], book],
  ['lib/book/LongLevels.ts', levels, book],
  ['lib/book/LiveBook.ts', ['spec/book/LiveBook'], book],
  ['lib/book/BookReader.ts', levels, book],
  ['lib/book/isZero.ts', ['spec/book/isZero'], book],
  ['lib/book/backlog.ts', ['spec/book/backlog'], book],
  ['lib/operators/syncDepth.ts', ['spec/operators/syncDepth-'], book],
  ['lib/operators/trampoline.ts', ['spec/operators/trampoline'], book],
  ['lib/timing/backoff.ts', timing, timing],
  ['lib/timing/rateWindow.ts', timing, timing],
  ['lib/timing/deadline.ts', timing, timing],
  ['lib/communicators/websocket/session/stepSession.ts', session, session],
  ['lib/communicators/websocket/session/transitions.ts', session, session],
  ['lib/communicators/websocket/session/probing.ts', session, session],
  ['lib/communicators/websocket/session/overlapping.ts', session, session],
  ['lib/communicators/websocket/session/reconnectDelay.ts', session, session],
  ['lib/communicators/websocket/session/attempts.ts', session, session],
  ['lib/communicators/websocket/session/shards.ts', session, session],
  ['lib/communicators/websocket/connection/subscriptions.ts', subscriptions, subscriptions],
  ['lib/communicators/websocket/connection/liveness.ts', liveness, liveness],
  ['lib/communicators/websocket/connection/outbox.ts', outbox, outbox],
  ['lib/communicators/account/accountState.ts', ['spec/communicators/account/accountState'], account],
  ['lib/communicators/account/accountSessions.ts', ['spec/communicators/account/accountS'], account],
  ['lib/communicators/account/reconcileGate.ts', ['spec/communicators/account/reconcileGate'], gate],
  ['lib/client/arbiter.ts', arbiter, client],
  ['lib/client/overlap.ts', arbiter, client],
  ['lib/client/delivered.ts', arbiter, client],
  ['lib/client/sequenced.ts', arbiter, client],
]

const root = resolve(import.meta.dirname, '..')

interface Job {
  readonly file: string
  readonly original: string
  readonly mutant: Mutant
  readonly nearest: Specs
  readonly all: Specs
}

const jobsOf = ([file, nearest, all]: (typeof targets)[number]): readonly Job[] => {
  const original = readFileSync(join(root, file), 'utf8')
  return mutantsOf(file, original).map((mutant) => ({ file, original, mutant, nearest, all }))
}

/** What specs may take for a changed file beyond three times what they take as it is, in ms. */
const PATIENCE = 10_000

/** How long specs take on each bench as they are, in ms. */
const spans = new WeakMap<TrialBench, Map<Specs, number>>()

const spanOf = async (bench: TrialBench, { file, original }: Job, specs: Specs): Promise<number> => {
  const known = spans.get(bench) ?? new Map<Specs, number>()
  spans.set(bench, known)
  const span = known.get(specs)
  if (span !== undefined) return span
  // What an earlier one leaves behind is none of this one's.
  bench.stop()
  const before = performance.now()
  if ((await bench.run({ file, original, text: original, specs }, 300_000)) !== 'passed')
    throw new Error(`${specs.join(' ')}: the specs fail as they are`)
  const measured = performance.now() - before
  known.set(specs, measured)
  return measured
}

const main = async (asked: readonly string[]): Promise<number> => {
  const chosen = targets.filter(([file]) => asked.length === 0 || asked.includes(file))
  const unknown = asked.filter((file) => !targets.some(([known]) => known === file))
  if (unknown.length > 0) throw new TypeError(`${unknown.join(' ')}: expected files of the table in scripts/mutate.ts`)
  const jobs = chosen.flatMap(jobsOf)
  const started = performance.now()
  const undetected: Job[] = []
  let late = 0
  await onBenches((each) =>
    each(jobs, async (job, bench) => {
      const { file, original, mutant, nearest, all } = job
      const run = async (specs: Specs) => {
        const patience = PATIENCE + 3 * (await spanOf(bench, job, specs))
        return bench.run({ file, original, text: mutant.text, specs }, patience)
      }
      const first = await run(nearest)
      const outcome = first === 'passed' && nearest !== all ? await run(all) : first
      if (outcome === 'late') late++
      if (outcome !== 'passed') return
      undetected.push(job)
      console.log(`${file}:${mutant.line} ${mutant.original} → ${mutant.changed}`)
    }),
  )
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(
    `${jobs.length} mutants of ${chosen.length} files, ${late} never ended, ${undetected.length} undetected, ${seconds} s`,
  )
  return undetected.length === 0 ? 0 : 1
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
