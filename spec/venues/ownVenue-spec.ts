import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { from } from 'rxjs'
import type { TypeOf } from 'io-ts'
import {
  contiguousIds,
  createClient,
  Decimal,
  DepthSnapshot,
  DepthUpdate,
  Flag,
  frame,
  Id,
  LooseDecimal,
  many,
  nullable,
  parse,
  streamName,
  Text,
  Timestamp,
  venueError,
  wire,
  type AccountTable,
  type ControlMessage,
  type Dialect,
  type RestTable,
  type StreamTable,
  type Values,
  type VenueWithBooks,
  type Wire,
} from '../../lib/index.js'

const root = join(__dirname, '../..')

describe('the sample', () => {
  const file = 'samples/ownVenue.ts'

  test('is what docs/adding-a-venue.md shows', () => {
    const page = readFileSync(join(root, 'docs/adding-a-venue.md'), 'utf8')
    expect(page).toContain(`\`\`\`ts\n// ${file}\n${readFileSync(join(root, file), 'utf8')}\`\`\``)
  })

  test('runs', async () => {
    const tsx = createRequire(__filename).resolve('tsx')
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', tsx, file], { cwd: root })
    expect([stdout, stderr]).toEqual(['OPEN no price yet\nCROSSED 61686.00\n', ''])
  })
})

// A venue that speaks in no way like the others, of what the package exports alone.
const printCodec = wire('Print', undefined, {
  time: ['at', Timestamp],
  price: ['price', LooseDecimal],
  size: ['size', Decimal],
  taker: ['taker?', nullable(Text)],
  isBlock: ['block?', Flag],
  printId: ['no', Id],
})
interface Print extends TypeOf<typeof printCodec> {}
const Print: Wire<Print> = printCodec

const streams = {
  prints: { name: 'prints:<symbol>', event: many(Print), sequence: 'printId' },
  depth: { name: 'book:<symbol>[:fast]', event: DepthUpdate, sequence: 'lastUpdateId' },
} as const satisfies StreamTable

const ask = (act: string) => (names: readonly string[], id: unknown) => JSON.stringify({ act, names, id })
const dialect: Dialect = {
  account: (listenKey) => `/account/${listenKey}`,
  subscribe: ask('on'),
  unsubscribe: ask('off'),
}

const control = ({ ok, id, problem }: Values): ControlMessage | undefined => {
  if (problem !== undefined) return venueError(problem, id)
  return ok === true && typeof id === 'number'
    ? { _tag: 'Control', type: 'acknowledgement', id, result: null }
    : undefined
}

const rest: RestTable = {
  versions: { v9: { signing: 'hmac', time: '/time', depth: '/book' } },
  depth: { sizes: [10], weights: [{ upTo: 10, weight: 1 }] },
  apiKeyHeader: 'X-KEY',
  scheme: { longestWindow: 1_000, signs: 'plain' },
  isErrorCode: (code) => code !== 0,
  clockCodes: [],
  transientCodes: [],
  credentialCodes: [],
}

const account = {} as const satisfies AccountTable

interface Elsewhere extends VenueWithBooks<typeof streams, typeof account> {}
const elsewhere: Elsewhere = {
  name: 'elsewhere',
  endpoints: { websocket: 'wss://elsewhere.example', rest: 'https://elsewhere.example' },
  limits: {
    messagesPerSecond: 1,
    streamsPerConnection: 10,
    namesPerRequest: 10,
    lifetime: Infinity,
    weightPerMinute: 60,
  },
  streams,
  account,
  dialect,
  envelope: { stream: 'topic', data: 'body' },
  heartbeat: (text) => (text === '?' ? '!' : undefined),
  control,
  rest,
  depthSnapshot: DepthSnapshot,
  depthRule: contiguousIds,
  bookStream: 'book:<symbol>:fast',
}

describe('a venue of a dialect that nobody knows', () => {
  const print = '{"at":5,"price":1.5,"size":"2","taker":null,"no":7,"more":[]}'
  const event = { time: 5, price: '1.5', size: '2', taker: null, printId: 7 }
  const message = { kind: 'prints', stream: 'prints:btc', event: [event], receivedAt: 1 }

  test.each([
    ['a list', `{"topic":"prints:btc","body":[${print}]}`],
    ['one', `{"topic":"prints:btc","body":${print}}`],
    ['keys in another order', `{"body":[${print}],"topic":"prints:btc"}`],
    ['white space', `{ "topic": "prints:btc", "body": [${print}] }`],
  ])('its frames are read: %s', (_, text) => {
    expect(parse(elsewhere)(frame(text, 1))).toEqual({ _tag: 'Right', right: message })
  })

  test.each([
    ['?', { type: 'heartbeat' }],
    ['{"ok":true,"id":1}', { type: 'acknowledgement', id: 1 }],
    [
      '{"problem":{"code":3,"msg":"no such topic"},"id":1}',
      { type: 'error', id: 1, code: 3, message: 'no such topic' },
    ],
  ])('%s is a control message', (text, right) => {
    expect(parse(elsewhere)(frame(text, 1))).toMatchObject({ right: { _tag: 'Control', ...right } })
  })

  test('a name that no row has is unknown, and nothing of it is taken for a listen key', () => {
    const text = '{"topic":"news","body":{}}'
    expect(parse(elsewhere)(frame(text, 1))).toMatchObject({ left: { _tag: 'UnknownStream', stream: 'news', text } })
  })

  test('its names are written, and typed', () => {
    const name: `book:${string}` | `book:${string}:fast` = streamName(elsewhere, 'depth', { symbol: 'BTC' })
    expect(name).toBe('book:btc')
    // @ts-expect-error no such kind
    expect(() => streamName(elsewhere, 'trade', { symbol: 'btc' })).toThrow(TypeError)
  })

  test('a client has its streams and its books', () => {
    const depth = (U: number, u: number) =>
      `{"topic":"book:btc:fast","body":{"e":"depthUpdate","E":1,"s":"BTC","U":${U},"u":${u},"b":[["1","${u}"]],"a":[]}}`
    const texts = [
      '{"topic":"prints:btc","body":{"at":5,"price":1.5,"size":"2","no":7}}',
      depth(11, 11),
      depth(12, 12),
      '{"topic":"prints:btc","body":{"at":5}}',
    ]
    const client = createClient({
      venue: elsewhere,
      communicator: Object.assign(() => from(texts.map((text) => frame(text, 1))), {
        snapshot: () =>
          from([
            { _tag: 'Reply', symbol: 'BTC', receivedAt: 1, text: '{"lastUpdateId":10,"bids":[["1","10"]],"asks":[]}' },
          ] as const),
      }),
    })
    const seen: string[] = []
    client.stream('prints:btc').subscribe((prints) => seen.push(...prints.map(({ price, size }) => `${price} ${size}`)))
    client.parseError$.subscribe((error) => seen.push('path' in error ? `${error._tag} ${error.path}` : error._tag))
    client.book('BTC').subscribe((state) => {
      if (state._tag === 'Synced') seen.push(`bid ${state.top.bid?.quantity ?? 'none'}`)
    })
    client.connect()
    expect(seen).toEqual(['1.5 2', 'bid 11', 'bid 12', 'InvalidEvent price'])
  })
})
