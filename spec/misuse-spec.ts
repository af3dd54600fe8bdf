import { asyncScheduler, NEVER } from 'rxjs'
import * as main from '../lib/index.js'
import * as entry from '../lib/metrics/index.js'
import * as nats from '../lib/nats/index.js'
import * as simulation from '../lib/simulation/index.js'
import * as testing from '../lib/testing/index.js'

const { asterFutures, binanceSpot, Decimal } = main
const noSignals = (() => undefined) as unknown as main.Communicator
const rest = main.createRest({ venue: asterFutures })
const keyed = main.createRest({ venue: asterFutures, apiKey: 'x' })
const client = main.createClient({ venue: asterFutures, communicator: noSignals })
const instrument = () => ({ addCallback: () => undefined, removeCallback: () => undefined })
const meter = { createObservableCounter: instrument, createObservableGauge: instrument, createHistogram: instrument }

const broker = { publish: () => undefined, subscribe: () => undefined, status: () => undefined }

/** The first key of RFC 8032, section 7.1. */
const pem =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----'

/** Some arguments that each function takes, or as many of them as it looks at before it works. */
const fits: Readonly<Record<string, readonly unknown[]>> = {
  createClient: [{ venue: asterFutures, communicator: noSignals }],
  websocketCommunicator: [asterFutures],
  accountCommunicator: [asterFutures, { apiKey: 'x' }],
  webSocketTransport: [{ WebSocket: Object }],
  mergeCommunicators: [noSignals],
  replayCommunicator: [{ files: 'a.txt' }],
  record: [{ file: 'a.txt' }],
  frame: ['x', 0],
  parse: [asterFutures],
  parseAll: [asterFutures],
  streamAddress: [asterFutures, 'btcusdt@trade'],
  streamName: [asterFutures, 'trade', { symbol: 'BTCUSDT' }],
  withTimeUnit: [binanceSpot, 'microsecond'],
  withEndpoints: [binanceSpot, 'testnet'],
  syncDepth: [{ rule: asterFutures.depthRule, snapshot: () => [] }],
  topLevels: [5],
  imbalance: [5],
  costToFill: [{ side: 'buy', quantity: '1' }],
  depthWithin: [{ distance: '1' }],
  verifyBook: [NEVER, NEVER],
  klines: [{ interval: '1m', scheduler: asyncScheduler }],
  tickBars: [{ trades: 5 }],
  volumeBars: [{ volume: '1' }],
  notionalBars: [{ amount: '1' }],
  backfill: [{ history: () => [] }],
  conflate: [{}],
  conflateMap: [() => []],
  isPrint: [{ tradeType: 'MARKET' }],
  market: [{}],
  ofKind: ['trade'],
  keepAlive: [{ extend: () => [] }],
  listenKey: [{ create: () => [], extend: () => [] }],
  createRest: [{ venue: asterFutures }],
  createBudget: [{ weightPerMinute: 5 }],
  depthSnapshot: [rest, { symbol: 'BTCUSDT' }],
  aggTrades: [rest, { symbol: 'BTCUSDT', fromId: 1 }],
  historicalTrades: [keyed, { symbol: 'BTCUSDT', fromId: 1 }],
  serverTime: [rest],
  calls: [rest],
  orders: [rest],
  listenKeyCalls: [rest],
  replayTogether: [[{ files: 'a' }]],
  verify: [{ venue: asterFutures, files: 'a' }],
  reportText: [
    {
      frames: 0,
      control: 0,
      unknown: 0,
      invalid: 0,
      losses: 0,
      files: [],
      formats: [],
      streams: [],
      books: [],
      problems: [],
    },
  ],
  hmacSigner: [{ venue: asterFutures, apiKey: 'x', secret: 'y' }],
  ed25519Signer: [{ venue: binanceSpot, apiKey: 'x', privateKey: pem }],
  eip712Signer: [{ user: `0x${'0'.repeat(40)}`, privateKey: `${'0'.repeat(63)}1` }],
  wire: ['Name', undefined, { price: ['p', Decimal] }],
  guarded: ['name', () => true],
  enumeration: ['name', ['A']],
  choice: ['name', ['A']],
  inside: ['name', Decimal],
  many: [Decimal],
  nullable: [Decimal],
  simulate: [{ venue: asterFutures }],
  simulateTogether: [[{ venue: asterFutures }]],
  recordedSteps: [{ venue: asterFutures, files: 'a' }],
  fillsBehind: [(shown: number) => shown],
  seeded: [1],
  marbles: [() => undefined],
  eventOf: [asterFutures, 'trade'],
  frameOf: [asterFutures, 'trade'],
  cut: [{ when: { every: 1 } }],
  delay: [{ by: 1 }],
  drop: [{ when: { every: 1 } }],
  duplicate: [{ when: { every: 1 } }],
  reorder: [{ span: 2 }],
  metrics: [client],
  prometheusText: [entry.metrics(client)],
  openTelemetry: [entry.metrics(client), meter],
  publishSignals: [broker, { venue: asterFutures }],
  natsCommunicator: [broker, { venue: asterFutures }],
  natsReplay: [broker, { venue: asterFutures }],
  holdLease: [broker, { name: 'a' }],
  whileHeld: [NEVER, () => NEVER],
  consumerGroup: [broker, { venue: asterFutures, name: 'a', partitions: 4 }],
}

/** Whatever these are given, they answer: questions about a value, and what needs nothing. */
const answers = [
  ...['isControlId', 'isStreamName', 'venueError', 'topOfBook', 'matching', 'equalLevels', 'isFinalOrder'],
  ...['mid', 'spread', 'microprice', 'levelChanges'],
]
/** These listen on a port once they were given something that fits. */
const listens: typeof fits = {
  startVenue: [{ venue: asterFutures }],
  startRelay: [{ venue: asterFutures, open: () => noSignals }],
}

const functions = Object.entries<unknown>({ ...main, ...entry, ...nats, ...simulation, ...testing }).filter(
  (entry): entry is [string, (...given: readonly unknown[]) => unknown] =>
    typeof entry[1] === 'function' && !/^class /.test(Function.prototype.toString.call(entry[1])),
)

const wrongs = [undefined, null, {}, [], true, Symbol('x'), 5, 'a text', () => 1]
const nameOf = (value: unknown): string =>
  typeof value === 'function' || typeof value === 'symbol' ? typeof value : JSON.stringify(value ?? null)

test('F87 every public function is tried here', () => {
  expect(
    functions
      .map(([name]) => name)
      .filter((name) => ![...Object.keys({ ...fits, ...listens }), ...answers].includes(name)),
  ).toEqual([])
})

describe.each(functions.filter(([name]) => name in fits || name in listens))('F87 %s', (name, run) => {
  const given = fits[name] ?? listens[name] ?? []

  test.each(wrongs.map((wrong) => [nameOf(wrong), wrong] as const))(
    'called with %s, says what it expected, or takes it',
    (_, wrong) => {
      if (name in fits) expect(() => run(...given)).not.toThrow()
      given.forEach((fit, place) => {
        if (typeof wrong === 'string' && typeof fit === 'string') return
        // Of one kind with what fits: it may be meant.
        if (
          typeof wrong === typeof fit &&
          Array.isArray(wrong) === Array.isArray(fit) &&
          wrong !== null &&
          Object.keys(wrong ?? {}).length + Object.keys(fit ?? {}).length === 0
        )
          return
        try {
          const came = run(...given.slice(0, place), wrong, ...given.slice(place + 1))
          if (came instanceof Promise) came.catch(() => undefined)
        } catch (error) {
          expect(error).toBeInstanceOf(['topLevels', 'imbalance'].includes(name) ? RangeError : TypeError)
          expect(String(error)).toMatch(/expected|takes/i)
          return
        }
        // Nothing but optional members was looked at.
        expect([name, place, mayBeTaken(name, place, wrong)]).toEqual([name, place, true])
      })
    },
  )
})

/** Arguments that fit as well, or that are looked at later. */
const mayBeTaken = (name: string, place: number, wrong: unknown): boolean =>
  (name === 'frame' && place === 1) ||
  (['conflate', 'market'].includes(name) && wrong === undefined) ||
  (name === 'wire' && place === 1 && (wrong === undefined || typeof wrong === 'string')) ||
  (typeof wrong === 'object' &&
    wrong !== null &&
    ['conflate', 'market', 'isPrint', 'cut', 'delay', 'drop', 'duplicate', 'reorder', 'streamName', 'wire'].includes(
      name,
    )) ||
  (['enumeration', 'choice', 'streamAddress'].includes(name) && place === 1 && Array.isArray(wrong))
