import { deliveryOracle } from '../../scripts/soak/oracle/deliveryOracle.js'

const STREAM = 'btcusdt@depth@100ms'
const LISTEN_KEY = 'a'.repeat(64)

/** A venue and a client by hand: connection 1 is the client's source `s-1`. */
const story = (isUneven = false) => {
  const oracle = deliveryOracle({
    messagesPerSecond: 3,
    isAccount: (stream) => stream === LISTEN_KEY,
    accountKind: (e) => (e === 'executionReport' ? 'order' : e),
    isUneven,
  })
  const text = (u: number, E = u) => JSON.stringify({ stream: STREAM, data: { e: 'depthUpdate', E, u } })
  const { logged, said, delivered } = oracle
  const source = (connection: number) => ({ id: `s-${connection}` })
  const self = {
    open: (connection: number) => {
      logged({ at: 0, connection, type: 'opened', url: `/stream?streams=x&source=s-${connection}` })
      said({ _tag: 'Acknowledged', stream: STREAM, receivedAt: 0, source: source(connection) })
    },
    sent: (connection: number, u: number, E = u) =>
      logged({ at: E, connection, type: 'sent', stream: STREAM, text: text(u, E) }),
    came: (connection: number, u: number, E = u) =>
      said({ _tag: 'Frame', text: text(u, E), receivedAt: 0, source: source(connection) }),
    delivered: (...us: readonly number[]) => {
      for (const u of us) delivered({ kind: 'depth', stream: STREAM, event: { lastUpdateId: u, eventTime: u } })
    },
    /** Sent, received and delivered. */
    passed: (connection: number, ...us: readonly number[]) => {
      for (const u of us) {
        self.sent(connection, u)
        self.came(connection, u)
        self.delivered(u)
      }
    },
    ended: (connection: number, code: number | undefined) =>
      code === undefined
        ? said({ _tag: 'Closed', receivedAt: 0, source: source(connection) })
        : said({ _tag: 'Disconnected', code, reason: '', receivedAt: 0, source: source(connection) }),
    message: (at: number) => logged({ at, connection: 1, type: 'received', text: '{}' }),
    /** What was found, each rule once. */
    found: () => {
      oracle.finish()
      return [...new Set(oracle.findings.map(({ rule }) => rule))]
    },
    oracle,
  }
  return self
}

/** Orders of an account, on connections by which it is carried. */
const account = () => {
  const { oracle } = story(true)
  const order = (id: number) => JSON.stringify({ e: 'executionReport', E: 5, i: id })
  const source = (connection: number) => ({ id: `account-${connection}` })
  return {
    found: () => oracle.findings.map(({ rule }) => rule),
    open: (connection: number) => {
      oracle.logged({ at: 0, connection, type: 'opened', url: `/ws/x?source=account-${connection}` })
      oracle.said({ _tag: 'Connected', receivedAt: 0, source: source(connection) })
    },
    sent: (connection: number, id: number) =>
      oracle.logged({ at: 5, connection, type: 'sent', stream: LISTEN_KEY, text: order(id) }),
    came: (connection: number, id: number) =>
      oracle.said({ _tag: 'Frame', text: order(id), receivedAt: 5, source: source(connection) }),
    delivered: () => oracle.delivered({ kind: 'order', stream: 'account', event: { eventTime: 5 } }),
  }
}

test('of two orders in one ms, a connection that lost the first may bring the second first', () => {
  const { open, sent, came, delivered, found } = account()
  open(1)
  open(2)
  sent(1, 10)
  came(1, 10)
  delivered()
  sent(1, 11)
  sent(2, 11)
  came(2, 11)
  delivered()
  came(1, 11)
  expect(found()).toEqual([])
  delivered()
  expect(found()).toEqual(['doubled'])
})

test('two events of an account may say the same in one ms', () => {
  const { open, sent, came, delivered, found } = account()
  open(1)
  open(2)
  for (const connection of [1, 2])
    for (let count = 0; count < 2; count++) {
      sent(connection, 10)
      came(connection, 10)
    }
  delivered()
  delivered()
  expect(found()).toEqual([])
  delivered()
  expect(found()).toEqual(['doubled'])
})

describe('nothing is found', () => {
  test('where everything comes once and in order', () => {
    const { open, passed, found, oracle } = story()
    open(1)
    passed(1, 1, 2, 3)
    expect(found()).toEqual([])
    expect(oracle.counts()).toEqual({ events: 3, windows: 0 })
  })

  test('where two connections overlap, and each event is taken from one of them', () => {
    const { open, passed, sent, came, delivered, ended, found } = story()
    open(1)
    passed(1, 1)
    open(2)
    for (const connection of [1, 2]) sent(connection, 2)
    came(1, 2)
    delivered(2)
    came(2, 2)
    ended(1, undefined)
    passed(2, 3)
    expect(found()).toEqual([])
  })

  test('where a connection is lost with what was on its way, and says so', () => {
    const { open, passed, sent, ended, found, oracle } = story()
    open(1)
    passed(1, 1)
    sent(1, 2)
    ended(1, 1000)
    open(2)
    passed(2, 3)
    expect(found()).toEqual([])
    expect(oracle.counts().windows).toBe(1)
  })

  test('where one of two breaks without a word, with what the other did not carry yet', () => {
    const { open, passed, sent, ended, found } = story()
    open(1)
    passed(1, 1)
    sent(1, 2)
    open(2)
    ended(1, 1006)
    passed(2, 3)
    expect(found()).toEqual([])
  })

  test('where the venue itself sends an event twice, and one of them is delivered, or both', () => {
    const { open, passed, sent, came, delivered, found } = story()
    open(1)
    passed(1, 1)
    for (const times of [1, 2]) {
      for (let i = 0; i < 2; i++) sent(1, 10 * times)
      for (let i = 0; i < 2; i++) came(1, 10 * times)
      for (let i = 0; i < times; i++) delivered(10 * times)
    }
    passed(1, 30)
    expect(found()).toEqual([])
  })

  test('where the venue itself sends an event late, and it is left out', () => {
    const { open, passed, sent, came, found } = story()
    open(1)
    passed(1, 1, 3)
    sent(1, 2)
    came(1, 2)
    passed(1, 4)
    expect(found()).toEqual([])
  })
})

test('F52 what is sent while a stream is asked for anew may be overtaken, and nothing else', () => {
  const renewed = (isSaid: boolean) => {
    const { oracle, open, passed, sent, came, delivered, found } = story()
    const status = (_tag: 'Unsubscribed' | 'Acknowledged') =>
      oracle.said({ _tag, stream: STREAM, receivedAt: 0, source: { id: 's-1' } })
    open(1)
    passed(1, 1)
    if (isSaid) status('Unsubscribed')
    sent(1, 2)
    open(2)
    passed(2, 3)
    if (isSaid) status('Acknowledged')
    came(1, 2)
    delivered(2)
    passed(2, 4)
    return found()
  }
  expect([renewed(true), renewed(false)]).toEqual([[], ['lost', 'disordered']])
})

describe('found is', () => {
  test('a doubled event', () => {
    const { open, passed, delivered, found } = story()
    open(1)
    passed(1, 1)
    delivered(1)
    expect(found()).toEqual(['doubled'])
  })

  test('an event twice from two connections', () => {
    const { open, sent, came, delivered, found } = story()
    open(1)
    open(2)
    for (const connection of [1, 2]) sent(connection, 1)
    for (const connection of [1, 2]) came(connection, 1)
    delivered(1, 1)
    expect(found()).toEqual(['doubled'])
  })

  test('an event that was never sent', () => {
    const { open, passed, delivered, found } = story()
    open(1)
    passed(1, 1)
    delivered(2)
    expect(found()).toEqual(['invented'])
  })

  test('an event before it came', () => {
    const { open, sent, delivered, found } = story()
    open(1)
    sent(1, 1)
    delivered(1)
    expect(found()).toEqual(['invented', 'lost'])
  })

  test('an event that came and was not delivered, then or at the end', () => {
    const { open, passed, sent, came, found } = story()
    open(1)
    sent(1, 1)
    came(1, 1)
    passed(1, 2)
    expect(found()).toEqual(['withheld'])
    const other = story()
    other.open(1)
    other.sent(1, 1)
    other.came(1, 1)
    expect(other.found()).toEqual(['withheld'])
  })

  test('two events in the wrong order', () => {
    const { open, sent, came, delivered, found } = story()
    open(1)
    for (const u of [1, 2]) sent(1, u)
    for (const u of [1, 2]) came(1, u)
    delivered(2, 1)
    expect(found()).toEqual(['withheld', 'disordered'])
  })

  test('a loss while another connection was said to carry the stream', () => {
    const { open, passed, sent, ended, found } = story()
    open(1)
    passed(1, 1)
    sent(1, 2)
    open(2)
    ended(1, undefined)
    passed(2, 3)
    expect(found()).toEqual(['lost'])
  })

  test('a frame that came and was not sent, and one that was skipped', () => {
    const { open, passed, came, found } = story()
    open(1)
    passed(1, 1)
    came(1, 7)
    expect(found()).toEqual(['frame'])
    const other = story()
    other.open(1)
    other.passed(1, 1)
    for (const u of [2, 3]) other.sent(1, u)
    other.came(1, 3)
    other.delivered(3)
    expect(other.found()).toEqual(['frame', 'lost'])
  })

  test('a frame of a connection that was said to be gone', () => {
    const { open, sent, ended, came, found } = story()
    open(1)
    sent(1, 1)
    ended(1, 1000)
    came(1, 1)
    expect(found()).toEqual(['late frame'])
  })

  test('more messages in a second than the venue takes', () => {
    const { open, message, found } = story()
    open(1)
    for (const at of [0, 500, 900, 1_000]) message(at)
    expect(found()).toEqual([])
    message(1_499)
    expect(found()).toEqual(['rate'])
  })
})

test('ids that begin anew are a number like another while one connection carries them', () => {
  const { open, passed, found } = story()
  open(1)
  passed(1, 1_000, 1_001)
  for (const u of [1, 2, 3]) passed(1, u)
  expect(found()).toEqual([])
})

test('account events are known by what they are and when', () => {
  const { oracle } = story()
  const text = (E: number) => JSON.stringify({ e: 'executionReport', E })
  const source = { id: 'x-account-1' }
  oracle.logged({ at: 0, connection: 1, type: 'opened', url: `/ws/${LISTEN_KEY}?source=x-account-1` })
  oracle.said({ _tag: 'Connected', receivedAt: 0, source })
  for (const E of [1, 2]) oracle.logged({ at: E, connection: 1, type: 'sent', stream: LISTEN_KEY, text: text(E) })
  for (const E of [1, 2]) oracle.said({ _tag: 'Frame', text: text(E), receivedAt: 0, source })
  oracle.delivered({ kind: 'order', stream: 'account', event: { eventTime: 2 } })
  expect(oracle.findings.map(({ rule }) => rule)).toEqual(['withheld'])
})
