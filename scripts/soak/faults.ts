import type { RestFault, UpgradeFault } from '../../lib/simulation/index.js'
import type { Fault, FaultTarget } from './Fault.js'
import { hasListenKeys } from './soakedClient.js'

const one = <A>(random: () => number, of: readonly [A, ...A[]]): A => of[Math.floor(random() * of.length)] ?? of[0]

const from1 = (random: () => number, most: number) => 1 + Math.floor(random() * most)

/** One of the open connections, or none where none is open. */
const someone = ({ controls, random }: FaultTarget): number | undefined => {
  const [first, ...others] = controls.connections()
  return first === undefined ? undefined : one(random, [first, ...others])
}

const within = ({ random, span: { short, long } }: FaultTarget) => Math.round(short + random() * (long - short))

const cut = (target: FaultTarget, code = 1006) => {
  const connection = someone(target)
  if (connection !== undefined) target.controls.disconnect(code, 'soak', connection)
}

const codes = [1000, 1001, 1005, 1006, 1008, 1011, 1012, 3001] as const

const hasAccount = ({ venue }: FaultTarget) => hasListenKeys(venue)

/** A gap, so that a book has to ask. */
const missOne = ({ controls }: FaultTarget) => controls.failDepth('drop')

const restarts = new WeakMap<object, number>()

/** Everything that can go wrong, in any order and at any time. */
const faults: readonly Fault[] = [
  { name: 'disconnect', weight: 6, happen: (target) => cut(target, one(target.random, codes)) },
  {
    name: 'disconnect all',
    weight: 1,
    happen: ({ controls, random }) => controls.disconnect(one(random, codes), 'soak'),
  },
  {
    name: 'silence',
    weight: 3,
    happen: (target) => {
      const connection = someone(target)
      if (connection === undefined) return
      target.controls.goSilent(connection)
      target.silenced(connection)
    },
  },
  {
    name: 'only pings',
    weight: 2,
    happen: (target) => {
      const connection = someone(target)
      if (connection === undefined) return
      target.controls.onlyPings(connection)
      target.silenced(connection)
    },
  },
  {
    name: 'dying stream',
    weight: 4,
    happen: (target) => {
      const { controls, random } = target
      const connection = someone(target)
      const [first, ...others] = connection === undefined ? [] : controls.subscriptions(connection)
      if (first !== undefined) controls.muteStream(one(random, [first, ...others]), random() < 0.5, connection)
    },
  },
  { name: 'quiet markets', weight: 3, happen: (target) => target.stall(4 * within(target)) },
  { name: 'ignored pings', weight: 1, happen: ({ controls, random }) => controls.ignorePings(from1(random, 3)) },
  {
    name: 'refused upgrade',
    weight: 2,
    happen: (target) => {
      const { controls, random } = target
      const status = one(random, [403, 429, 500, 503])
      const retryAfter = status === 429 ? { retryAfter: 1 } : {}
      controls.failUpgrades({ _tag: 'refuse', status, body: '<html></html>', ...retryAfter }, from1(random, 2))
      cut(target)
    },
  },
  {
    name: 'ignored upgrade',
    weight: 2,
    happen: (target) => {
      target.controls.failUpgrades({ _tag: 'ignore' }, from1(target.random, 2))
      cut(target, 1001)
    },
  },
  {
    name: 'reset upgrade',
    weight: 2,
    happen: (target) => {
      target.controls.failUpgrades({ _tag: 'reset' }, from1(target.random, 3))
      cut(target, 1001)
    },
  },
  {
    name: 'failed rotation',
    weight: 2,
    happen: ({ controls, random, rotate$ }) => {
      controls.failUpgrades(
        one<UpgradeFault>(random, [{ _tag: 'ignore' }, { _tag: 'reset' }, { _tag: 'refuse', status: 503 }]),
      )
      rotate$.next()
    },
  },
  {
    name: 'ignored request',
    weight: 2,
    happen: ({ controls, random }) => controls.failRequests({ _tag: 'ignore' }, from1(random, 2)),
  },
  {
    name: 'refused request',
    weight: 1,
    happen: ({ controls, random }) => {
      const shape = one(random, ['bare', 'numbered', 'wrapped'] as const)
      controls.failRequests({ _tag: 'refuse', code: 2, msg: 'Invalid request', shape }, from1(random, 3))
    },
  },
  {
    name: 'late request',
    weight: 2,
    happen: (target) => target.controls.failRequests({ _tag: 'late', delay: within(target) }, from1(target.random, 3)),
  },
  { name: 'dropped depth', weight: 5, happen: ({ controls, random }) => controls.failDepth('drop', from1(random, 3)) },
  {
    name: 'doubled depth',
    weight: 4,
    happen: ({ controls, random }) => controls.failDepth('duplicate', from1(random, 4)),
  },
  {
    name: 'reordered depth',
    weight: 4,
    happen: ({ controls, random }) => controls.failDepth('reorder', from1(random, 3)),
  },
  {
    name: 'ids begin anew',
    weight: 2,
    happen: ({ controls, symbols: [first = '', ...others], random }) => {
      const times = (restarts.get(controls) ?? 0) + 1
      restarts.set(controls, times)
      // Far below all ids that were used.
      const start = 10 ** 9 - times * 10 ** 7
      controls.restartIds(one(random, [first, ...others]), start > 0 ? start : 1)
    },
  },
  {
    name: 'failed snapshot',
    weight: 5,
    happen: (target) => {
      const { controls, random } = target
      const fault = one<RestFault>(random, [
        { _tag: 'error', status: 500, code: -1000, msg: 'An unknown error occurred.' },
        { _tag: 'error', status: 429, code: -1003, msg: 'Too many requests.', retryAfter: 1 },
        { _tag: 'html', status: 502 },
        { _tag: 'html', status: 403 },
        { _tag: 'cut' },
        { _tag: 'lacks', key: 'lastUpdateId' },
        { _tag: 'late', delay: within(target) },
        { _tag: 'silent' },
      ])
      controls.failRest('depth', fault, from1(random, 3))
      missOne(target)
    },
  },
  {
    name: 'frozen snapshots',
    weight: 2,
    happen: (target) => {
      target.controls.freezeSnapshots()
      missOne(target)
    },
  },
  { name: 'thawed snapshots', weight: 3, happen: ({ controls }) => controls.freezeSnapshots(false) },
  {
    name: 'shutdown notice',
    weight: 2,
    happen: ({ controls }) => controls.serverShutdown(),
    isPossible: ({ venue }) => venue.streams['serverShutdown'] !== undefined,
  },
  { name: 'rotation', weight: 4, happen: ({ rotate$ }) => rotate$.next() },
  {
    name: 'disconnect while rotating',
    weight: 3,
    happen: (target) => {
      target.rotate$.next()
      cut(target, one(target.random, codes))
    },
  },
  {
    name: 'text that is no JSON',
    weight: 2,
    happen: (target) => {
      const text = one(target.random, [
        '',
        '{',
        '[1,',
        '\uFEFF{}',
        '"text"',
        '{"__proto__":{"polluted":1}}',
        '[['.repeat(5_000),
      ])
      target.controls.sendText(text, someone(target))
    },
  },
  {
    name: 'text that is no event',
    weight: 3,
    happen: (target) => {
      const { random, symbols } = target
      const stream = `${one(random, [symbols[0] ?? '', ...symbols.slice(1)]).toLowerCase()}@depth@100ms`
      const text = one(random, [
        '[]',
        '[1,null,{}]',
        '{"e":"unheardOf","E":1}',
        '{"result":null,"id":4000000000}',
        '{"stream":"nothing@nothing","data":{}}',
        `{"stream":"${'x'.repeat(20_000)}@trade","data":{}}`,
        `{"stream":"${stream}","data":null}`,
        `{"stream":"${stream}","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":"x","b":[],"a":[]}}`,
        `[{"stream":"nothing@nothing","data":{}},{"stream":"${stream}","data":{"e":"depthUpdate"}},7]`,
      ])
      target.controls.sendText(text, someone(target))
    },
  },
  {
    name: 'stepped clock',
    weight: 3,
    happen: (target) => target.stepClock(one(target.random, [-7_200_000, -90_000, -500, 500, 90_000, 7_200_000])),
  },
  { name: 'sleep', weight: 1, happen: (target) => target.sleep(4 * within(target)) },
  { name: 'restarted recorder', weight: 3, happen: ({ restartRecorder }) => restartRecorder() },
  {
    name: 'expired listen key',
    weight: 2,
    happen: ({ controls }) => {
      for (const key of controls.listenKeys()) controls.expireListenKey(key)
    },
    isPossible: hasAccount,
  },
  {
    name: 'failed listen key',
    weight: 3,
    happen: (target) => {
      const { controls, random } = target
      const fault = one<RestFault>(random, [
        { _tag: 'error', status: 429, code: -1003, msg: 'Too many requests.', retryAfter: 1 },
        { _tag: 'html', status: 502 },
        { _tag: 'cut' },
        { _tag: 'late', delay: within(target) },
        { _tag: 'silent' },
      ])
      controls.failRest('listenKey', fault, from1(random, 3))
    },
    isPossible: hasAccount,
  },
  {
    name: 'lost account event',
    weight: 3,
    happen: ({ controls, random }) =>
      controls.failAccount(one(random, ['drop', 'duplicate', 'reorder'] as const), from1(random, 2)),
    isPossible: hasAccount,
  },
  {
    name: 'wrong clock',
    weight: 1,
    happen: ({ controls, random }) => controls.skewClock(Math.round(random() * 6_000 - 3_000)),
  },
  { name: 'blocked process', weight: 2, happen: (target) => target.block(within(target)) },
  { name: 'stalled venue', weight: 5, happen: (target) => target.stall(within(target)) },
]

/** What goes on until somebody ends it, is ended. */
export const calmDown = ({ controls }: Pick<FaultTarget, 'controls'>) => {
  controls.freezeSnapshots(false)
  controls.skewClock(0)
}

/** Draws one. */
export const drawn = (target: FaultTarget, among: readonly Fault[] = faults): Fault | undefined => {
  const possible = among.filter(({ isPossible }) => isPossible?.(target) ?? true)
  let left = target.random() * possible.reduce((sum, { weight }) => sum + weight, 0)
  return possible.find(({ weight }) => (left -= weight) < 0)
}
