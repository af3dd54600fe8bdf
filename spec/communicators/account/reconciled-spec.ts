import { filter, map, of, throwError, type ObservableInput } from 'rxjs'
import { reconciled, type ReconciledConfig } from '../../../lib/communicators/account/reconciled.js'
import type { AccountSignal } from '../../../lib/communicators/account/reconcileGate.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { marbles } from '../../../lib/testing/marbles.js'

const signals: Record<string, AccountSignal> = {
  C: { _tag: 'Carried', at: 0 },
  L: { _tag: 'Lost', at: 0, reason: 'reset' },
  f: frame('f', 0),
  g: frame('g', 0),
  h: frame('h', 0),
  s: { _tag: 'Rotating', reason: 'a status', receivedAt: 0 },
}

const letters: Readonly<Record<string, string>> = { Reconciling: 'R', Reconciled: 'D', Rotating: 's', Waiting: 'w' }

/** Each signal by a letter: R Reconciling, D Reconciled, w Waiting, s any other status; frames by their text. */
const letter = (signal: Signal): string => (signal._tag === 'Frame' ? signal.text : (letters[signal._tag] ?? '?'))

/** What is said of the carrier has specs of its own. */
const isOfFrames = ({ _tag }: Signal): boolean => _tag !== 'Carried' && _tag !== 'Uncarried'

/** What comes out, by time; `answers` are those of `reconcile`, one after the other, the last one stays. */
const timeline = (source: string, answers: readonly string[], unsubscribe = '') => {
  const said = new Map<number, string>()
  const heard: string[] = []
  marbles(({ cold, scheduler, flush }) => {
    const answers$ = answers.map((answer) => cold(answer))
    let calls = 0
    const reconcile = () => answers$[Math.min(calls++, answers$.length - 1)] ?? of()
    const options = {
      account: 'a',
      reconcile,
      retry: { delay: 4 },
      maxBuffer: 2,
      scheduler,
      stamp: () => 0,
      reasonOf: String,
    }
    const note = (what: string) => said.set(scheduler.now(), (said.get(scheduler.now()) ?? '') + what)
    const subscription = cold(source, signals)
      .pipe(reconciled(options), filter(isOfFrames), map(letter))
      .subscribe({ next: note, error: () => note('#'), complete: () => note('|') })
    if (unsubscribe !== '') scheduler.schedule(() => subscription.unsubscribe(), unsubscribe.indexOf('!'))
    flush()
    for (const { subscriptions } of answers$)
      for (const { subscribedFrame, unsubscribedFrame } of subscriptions)
        heard.push(`${subscribedFrame}-${unsubscribedFrame}`)
  })()
  return { said: [...said].map(([time, what]) => `${time} ${what}`), heard }
}

test.each<readonly [string, string, readonly string[], readonly string[]]>([
  ['empty', '|', [], ['0 |']],
  ['an error', 'f#', [], ['0 f', '1 #']],
  ['no loss', 'C-f-s-f|', [], ['2 f', '4 s', '6 f', '7 |']],
  [
    'a loss: frames wait, statuses pass',
    'Cf-L-C-f-s-g------h|',
    ['-x-----x--|'],
    ['1 f', '5 R', '9 s', '15 Dfg', '18 h', '19 |'],
  ],
  ['nothing waits', 'Cf-L-C-----f|', ['--|'], ['1 f', '5 R', '7 D', '11 f', '12 |']],
  ['it ends at once', 'Cf-L-C---f|', ['|'], ['1 f', '5 RD', '9 f', '10 |']],
  ['two losses', 'C-L-C--f-L-C--g|', ['-|'], ['4 R', '5 D', '7 f', '11 R', '12 D', '14 g', '15 |']],
  ['the end, while frames wait', 'C-L-C-f|', ['-----|'], ['4 R', '7 |']],
  ['an error, while frames wait', 'C-L-C-f#', ['-----|'], ['4 R', '7 #']],
  ['a loss while it runs', 'C-L-C-f-L-C-g----|', ['----|'], ['4 R', '10 R', '14 Dfg', '17 |']],
  ['frames before it is carried again', 'C-L-f-C-----|', ['--|'], ['6 R', '8 Df', '12 |']],
  [
    'an error is tried again after growing waits',
    'C-L-C-f------------------|',
    ['#', '-#', '-|'],
    ['4 Rw', '8 R', '9 w', '17 R', '18 Df', '25 |'],
  ],
  ['a loss while it waits to try again', 'C-L-C-L-C---------|', ['#', '-|'], ['4 Rw', '8 R', '9 D', '18 |']],
  ['more than may wait', 'C-L-C-f-g-h--------|', ['------|'], ['4 R', '10 R', '16 Dh', '19 |']],
])('%s', (_, source, answers, expected) => {
  expect(timeline(source, answers).said).toEqual(expected)
})

test('a loss, the end, too many frames, and unsubscribing, each end the one that runs', () => {
  expect(timeline('C-L-C---L-C----|', ['-----|']).heard).toEqual(['4-8', '10-15'])
  expect(timeline('C-L-C-f-g-h----|', ['------|']).heard).toEqual(['4-10', '10-15'])
  expect(timeline('C-L-C----------', ['------|'], '------!').heard).toEqual(['4-6'])
})

test('unsubscribing cancels the wait for another attempt', () => {
  expect(timeline('C-L-C----------', ['#'], '------!')).toEqual({ said: ['4 Rw'], heard: ['4-4'] })
})

const options = (reconcile: (() => ObservableInput<unknown>) | undefined): Omit<ReconciledConfig, 'scheduler'> => ({
  ...{
    account: 'a',
    reconcile,
    retry: {},
    maxBuffer: 2,
    stamp: () => 7,
    reasonOf: (error: unknown) => `for ${String(error)}`,
  },
})

test(
  'one that throws has failed, and its reason is told',
  marbles(({ cold, expectObservable, scheduler }) => {
    const reconcile = () => {
      throw new Error('x')
    }
    const loss = cold('(CLC)', signals)
    const failure = { _tag: 'Waiting', delay: 500, attempt: 1, reason: 'for Error: x', receivedAt: 7 }
    const start = { _tag: 'Reconciling', reason: 'reset', since: 0, dropped: 0, receivedAt: 7 }
    for (const failing of [reconcile, () => throwError(() => new Error('x'))])
      expectObservable(loss.pipe(reconciled({ ...options(failing), scheduler }), filter(isOfFrames)), '^--!').toBe(
        '(sf)',
        {
          s: start,
          f: failure,
        },
      )
  }),
)

const carrier = {
  c: { _tag: 'Carried', account: 'a', receivedAt: 0 },
  u: { _tag: 'Uncarried', account: 'a', reason: 'reset', receivedAt: 0 },
} as const

test(
  'without it everything passes at once, and what the account tells of its carrier as statuses',
  marbles(({ cold, expectObservable, scheduler }) => {
    const source = cold('CfLsCg|', signals)
    expectObservable(source.pipe(reconciled({ ...options(undefined), scheduler }))).toBe('cfuscg|', {
      ...signals,
      ...carrier,
    })
  }),
)

test(
  'with it, the account is carried before what was missed is asked for: what is done from then on is heard',
  marbles(({ cold, expectObservable, scheduler }) => {
    const source = cold('C-L--C|', signals)
    const start = { _tag: 'Reconciling', reason: 'reset', since: 0, dropped: 0, receivedAt: 7 }
    const options$ = { ...options(() => cold('-')), scheduler }
    expectObservable(source.pipe(reconciled(options$)), '^-----!').toBe('c-u--(cr)', { ...carrier, r: start })
  }),
)

test('two subscriptions wait by themselves', () => {
  const said: string[] = []
  marbles(({ cold, scheduler, flush }) => {
    let calls = 0
    const reconcile = () => cold((calls += 1) === 1 ? '-|' : '---|')
    const result$ = cold('CLCf----|', signals).pipe(
      reconciled({ ...options(reconcile), scheduler }),
      filter(isOfFrames),
      map(letter),
    )
    for (const name of ['a', 'b']) result$.subscribe((what) => said.push(`${scheduler.now()} ${name} ${what}`))
    flush()
  })()
  expect(said.toSorted()).toEqual(['2 a R', '2 b R', '3 a D', '5 b D', '5 b f', '3 a f'].toSorted())
})
