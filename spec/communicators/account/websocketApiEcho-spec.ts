import { of } from 'rxjs'
import { accountCommunicator } from '../../../lib/communicators/accountCommunicator.js'
import { binanceSpot } from '../../../lib/venues/binanceSpot.js'
import { line } from '../websocket/inMemory.js'
import { createMemoryVenue, type Answer } from '../websocket/MemoryVenue.js'

const credentials = { apiKey: 'canary-api-key', secret: 'canary-secret' }

/** An account of a venue in memory that answers as told, and all that was said and sent, as it is told. */
const run = (answer: Answer, hasPings = true) => {
  const memory = createMemoryVenue()
  const { scheduler } = memory.clock
  memory.behaviour.answer = answer
  const transport: typeof memory.transport = (url) => ({ ...memory.transport(url), hasPings })
  const communicator = accountCommunicator(binanceSpot, credentials, {
    transport,
    scheduler,
    random: () => 0,
    name: 'a',
  })
  const told: string[] = []
  /** Less frames and whether the account is carried. */
  const statuses: string[] = []
  communicator.sent$?.subscribe((sent) => told.push(JSON.stringify(sent)))
  const subscription = communicator(of(new Set<string>())).subscribe((signal) => {
    told.push(JSON.stringify(signal))
    if (!['Frame', 'Carried', 'Uncarried'].includes(signal._tag)) statuses.push(line(signal))
  })
  const requests = () =>
    memory.connections.flatMap(({ sent }) => sent.flatMap((one) => ('text' in one ? [one.text] : [])))
  return { ...memory, told, statuses, requests, end: () => subscription.unsubscribe() }
}

const subscribed = ({ id }: { readonly id: number }) => ({ id, status: 200, result: { subscriptionId: 0 } })
const refused = (id: number | null, code: number, msg: string, data?: object) => ({
  ...{ id, status: 400 },
  error: { code, msg, ...(data !== undefined && { data }) },
})

test('F49 a request is told without its API key and its signature', () => {
  const { pass, told, requests, end } = run(subscribed)
  pass(100)
  expect(requests()).toHaveLength(1)
  expect(requests()[0]).toContain('canary-api-key')
  const [, signature = ''] = /"signature":"([^"]+)"/.exec(requests().join('')) ?? []
  expect(signature).toHaveLength(64)
  expect(told.filter((text) => text.includes('userDataStream.subscribe.signature'))).toHaveLength(1)
  for (const secret of ['canary', signature]) expect(told.filter((text) => text.includes(secret))).toEqual([])
  end()
})

test.each([-1000, -2015])('F49 a venue that echoes a request when it refuses it with %d', (code) => {
  const { pass, told, requests, end } = run((asked) => refused(asked.id, code, `no: ${JSON.stringify(asked)}`))
  pass(2_000)
  const signatures = requests().flatMap((text) => /"signature":"([^"]+)"/.exec(text)?.[1] ?? [])
  expect(signatures.length).toBeGreaterThan(0)
  for (const secret of ['canary', ...signatures]) expect(told.filter((text) => text.includes(secret))).toEqual([])
  end()
})

test('F76 a refusal that says when requests are taken again', () => {
  let count = 0
  const { pass, statuses, requests, clock, end } = run((asked) => {
    count += 1
    const until = clock.scheduler.now() + 45_000
    return count === 1 ? refused(asked.id, -1034, 'Too many.', { retryAfter: until }) : subscribed(asked)
  })
  pass(44_000)
  expect(statuses.at(-1)).toMatch(/Paused \{"delay":4\d{4},"reason":"Too many\."\}$/)
  expect(requests()).toHaveLength(1)
  pass(2_000)
  expect(statuses.at(-1)).toContain('Acknowledged {"stream":"account"}')
  end()
})

test('F37 a refusal that says the time: signed by it at once', () => {
  const times: number[] = []
  const { pass, requests, end } = run((asked) => {
    const [timestamp = 0] = requests()
      .slice(-1)
      .map((text) => (JSON.parse(text) as { params: { timestamp: number } }).params.timestamp)
    times.push(timestamp)
    return Math.abs(timestamp - 700_000) > 1_000
      ? refused(asked.id, -1021, 'Timestamp.', { serverTime: 700_000 })
      : subscribed(asked)
  })
  pass(100)
  expect(times).toHaveLength(2)
  expect(Math.abs((times[1] ?? 0) - 700_000)).toBeLessThan(100)
  end()
})

test('F32 an API key that is refused without a question: the subscription has ended', () => {
  const { pass, statuses, last, end } = run(subscribed)
  pass(61_000)
  last().text({ id: null, status: 401, error: { code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' } })
  pass(100)
  expect(statuses.slice(3, 6).map((text) => text.replace(/^\d+ /, ''))).toEqual([
    '- Waiting {"delay":0,"attempt":1,"reason":"the subscription has ended"}',
    'a-1 Rotating {"reason":"another subscription"}',
    'a-2 Connecting',
  ])
  end()
})

test('F09 sockets without PINGs ask in the words of the venue whether it is there', () => {
  const { pass, requests, statuses, end } = run(
    (asked) => (asked.method === 'ping' ? { id: asked.id, status: 200, result: {} } : subscribed(asked)),
    false,
  )
  pass(100_000)
  expect(requests().slice(1, 3)).toEqual(Array.from({ length: 2 }, () => '{"id":0,"method":"ping","params":{}}'))
  expect(statuses).toHaveLength(3)
  end()
})

test('F09 and give a connection up where it is not', () => {
  const { pass, statuses, end } = run((asked) => (asked.method === 'ping' ? undefined : subscribed(asked)), false)
  pass(100_000)
  expect(statuses.filter((text) => text.includes('no PONG'))).not.toEqual([])
  end()
})
