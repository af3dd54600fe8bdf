import { of, Subject, throwError } from 'rxjs'
import type { RestFailure } from '../../lib/rest/RestError.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import type { Venue } from '../../lib/venues/Venue.js'
import type { Loss } from '../../lib/communicators/account/reconcileGate.js'
import {
  accountInMemory,
  broken,
  eventText,
  expiredText,
  gone,
  keyOf,
  missing,
  refused,
} from './account/accountInMemory.js'
import { fc, test as property } from '../property.js'

const HALF_HOUR = 1_800_000

/** Without frames and times: what happened to which connection. */
const happened = (lines: readonly string[]) =>
  lines
    .filter((line) => !line.includes(' Frame '))
    .map((line) => line.replace(/^\S+ /, '').replace('asterFutures-account-', ''))

describe('a listen key and its connection', () => {
  test('no connection before there is a key; then that of the key, which is not said', () => {
    const run = accountInMemory()
    run.pass(19)
    expect([run.connections.length, run.said()]).toEqual([0, []])
    run.pass(11)
    run.event(1)
    expect(run.said()).toEqual([
      '20 asterFutures-account-1 Connecting',
      '30 asterFutures-account-1 Connected',
      '30 - Carried {"account":"asterFutures-account"}',
      `30 asterFutures-account-1 Frame ${eventText(1)}`,
    ])
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`])
    run.end()
  })

  test('an account may be quiet for a day: life is proven by PING and PONG', () => {
    const run = accountInMemory()
    run.pass(80_000_000)
    expect(run.connections.length).toBe(1)
    expect(run.calls.length).toBe(1 + Math.floor((80_000_000 - 20) / (HALF_HOUR + 20)))
    run.behaviour.answersPings = false
    run.pass(100_000)
    expect(run.connections.length).toBeGreaterThan(1)
    run.end()
  })

  test('a lost connection comes back with the same key', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(1_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(1)}`])
    expect(run.calls).toEqual(['0 POST', '610 PUT'])
    run.end()
  })

  test('a key that died while the connection was lost is found at once, and replaced', () => {
    const losses: Loss[] = []
    const run = accountInMemory({ reconcile: (loss) => of(losses.push(loss)) })
    run.pass(100)
    run.answers['PUT']?.push(gone)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(10_000)
    expect(run.calls).toEqual(['0 POST', '610 PUT', '630 POST'])
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    // Asked for once, when there was a connection that carries something.
    expect([run.open().length, losses.map(({ connectedAt }) => connectedAt)]).toEqual([1, [660]])
    run.end()
  })

  describe('that comes back with the same key carries the account only when the key is known to live', () => {
    /** A connection that came back, at 610, while the venue cannot extend; and when `reconcile` was asked for. */
    const doubted = (config: Parameters<typeof accountInMemory>[0] = {}) => {
      const losses: Loss[] = []
      const run = accountInMemory({ reconcile: (loss) => of(losses.push(loss)), ...config })
      run.pass(100)
      run.answers['PUT']?.push(broken, broken)
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      run.pass(540)
      expect([run.last().isOpen(), losses]).toEqual([true, []])
      run.said()
      return { ...run, connectedAt: () => losses.map(({ connectedAt }) => connectedAt) }
    }

    test('by an extension, tried again after waits that are said', () => {
      const run = doubted()
      run.pass(30_029)
      expect(run.connectedAt()).toEqual([])
      run.pass(1)
      expect(run.calls).toEqual(['0 POST', '610 PUT', '10630 PUT', '30650 PUT'])
      run.pass(100)
      expect(run.connectedAt()).toEqual([30_670])
      expect(happened(run.said())).toEqual([
        '- Waiting {"delay":20000,"attempt":2,"reason":"PUT /fapi/v3/listenKey: 503 <html>"}',
        '- Carried {"account":"asterFutures-account"}',
        '- Reconciling {"reason":"closed with 1006","since":30,"dropped":0}',
        '- Reconciled {"buffered":0}',
      ])
      run.end()
    })

    test('by an event, after which it is not extended again', () => {
      const run = doubted()
      run.pass(60)
      run.event(1)
      expect(run.connectedAt()).toEqual([700])
      expect(run.said().at(-1)).toBe(`700 asterFutures-account-2 Frame ${eventText(1)}`)
      run.pass(100_000)
      expect([run.calls.length, run.connectedAt()]).toEqual([2, [700]])
      run.end()
    })

    test.each(['{"result":null,"id":1}', '{"e":"someday","E":1}', 'ping', expiredText(keyOf(2))])(
      'not by %s',
      (text) => {
        const run = doubted()
        run.last().text(text)
        run.pass(1_000)
        expect(run.connectedAt()).toEqual([])
        run.end()
      },
    )

    test('not by a key that is gone by then: another one does', () => {
      const run = doubted({ retry: { delay: 1_000 } })
      run.answers['PUT']?.splice(0, 1, gone)
      run.pass(1_100)
      expect([run.paths().at(-1), run.connectedAt()]).toEqual([`/ws/${keyOf(2)}`, [1_680]])
      run.end()
    })

    test('frames pass all the same where nothing is reconciled', () => {
      const run = accountInMemory()
      run.pass(100)
      run.answers['PUT']?.push(broken, broken)
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      run.pass(540)
      run.last().text('{"e":"someday","E":1}')
      expect(run.said().at(-1)).toContain('Frame {"e":"someday","E":1}')
      run.end()
    })

    test('a rotation is no loss, whatever its extension says', () => {
      const rotate$ = new Subject<string>()
      const losses: Loss[] = []
      const run = accountInMemory({ rotate$, reconcile: (loss) => of(losses.push(loss)) })
      run.pass(100)
      run.answers['PUT']?.push(broken, broken)
      rotate$.next('')
      run.pass(25_000)
      expect([run.connections.length, run.open().length, losses]).toEqual([2, 1, []])
      expect(run.said().filter((line) => line.includes('Waiting'))).toEqual([])
      run.end()
    })

    test('a further connection asks anew, and no more than once at a time', () => {
      const run = doubted()
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      run.pass(20_000)
      expect(run.calls.slice(2)).toHaveLength(2)
      expect(run.connectedAt()).toHaveLength(1)
      run.end()
    })

    test('unsubscribed while it waits', () => {
      doubted().end()
    })
  })

  test('an extension on the way when nobody listens any more is cancelled', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(512)
    expect(run.calls.at(-1)).toBe('610 PUT')
    run.end()
  })

  test('BingX: the same, with its address, and the streams asked for by name', () => {
    const run = accountInMemory({}, bingxSpot)
    run.behaviour.answer = (asked, connection) => {
      const { id, dataType } = asked as unknown as { readonly id: string; readonly dataType: string }
      connection.names.add(dataType)
      return { id, code: 0, msg: 'SUCCESS', timestamp: 1 }
    }
    run.pass(3_000)
    expect(run.last().url).toBe(`wss://open-api-ws.bingx.com/market?listenKey=${keyOf(1)}`)
    expect([...run.last().names]).toEqual(['spot.executionReport', 'ACCOUNT_UPDATE'])
    expect(run.said().filter((line) => line.includes('Acknowledged'))).toHaveLength(2)
    run.end()
  })
})

describe('F30 a key that cannot be created', () => {
  test('F30 is asked for again, with growing waits and a status each; no connection meanwhile', () => {
    const run = accountInMemory({ createRetry: { delay: 100 } })
    run.answers['POST']?.push(broken, broken)
    run.pass(361)
    expect(run.said().slice(0, 3)).toEqual([
      '20 - Waiting {"delay":100,"attempt":1,"reason":"POST /fapi/v3/listenKey: 503 <html>"}',
      '140 - Waiting {"delay":200,"attempt":2,"reason":"POST /fapi/v3/listenKey: 503 <html>"}',
      '360 asterFutures-account-1 Connecting',
    ])
    expect(run.calls).toEqual(['0 POST', '120 POST', '340 POST'])
    run.end()
  })

  test('for good: the account is rejected, and ends', () => {
    const run = accountInMemory()
    run.answers['POST']?.push(refused)
    run.pass(100)
    const reason = 'POST /fapi/v3/listenKey: -2014 API-key format invalid. (401)'
    expect(run.said()).toEqual([`20 - Rejected ${JSON.stringify({ stream: 'account', code: -2014, reason })}`])
    expect([run.isComplete(), run.error(), run.connections.length]).toEqual([true, undefined, 0])
    run.end()
  })

  test.each<[string, RestFailure]>([
    ['an odd code', { kind: 'venue', status: 400, code: -1010, reason: 'ERROR_MSG_RECEIVED' }],
    ['404', { kind: 'http', status: 404, reason: '<html>' }],
    ['302', { kind: 'http', status: 302, reason: '<html>' }],
  ])('for now, though it says for good: %s is waited for, at the first key and at the next', (_, odd) => {
    const run = accountInMemory({}, asterFutures, 20, true)
    run.answers['POST']?.push(odd)
    run.pass(1_000)
    expect(run.said()[0]).toMatch(/^20 - Waiting {"delay":500,"attempt":1,"reason":"POST .fapi.v3.listenKey: /)
    expect(run.open()).toHaveLength(1)
    run.answers['POST']?.push(odd)
    run.last().text(expiredText())
    run.pass(10_000)
    expect([run.isComplete(), run.paths().at(-1)]).toEqual([false, `/ws/${keyOf(2)}`])
    run.end()
  })

  test.each<[string, RestFailure, Venue]>([
    ['401', { kind: 'http', status: 401, reason: 'no' }, asterFutures],
    ['-1022', { kind: 'venue', status: 400, code: -1022, reason: 'no' }, asterFutures],
    ['-2015', { kind: 'venue', status: 400, code: -2015, reason: 'no' }, asterFutures],
    ...[100001, 100004, 100413, 100419].map((code): [string, RestFailure, Venue] => [
      `BingX ${code}`,
      { kind: 'venue', status: 200, code, reason: 'no' },
      bingxSpot,
    ]),
  ])('for good: %s', (_, failure, venue) => {
    const run = accountInMemory({}, venue, 20, true)
    run.answers['POST']?.push(failure)
    run.pass(100)
    expect([run.isComplete(), run.said()[0]?.split(' ')[2]]).toEqual([true, 'Rejected'])
    run.end()
  })

  test('for good, when it has to be replaced: rejected first, then everything is closed', () => {
    const run = accountInMemory()
    run.pass(100)
    run.answers['POST']?.push(refused)
    run.last().text(expiredText())
    run.said()
    run.pass(100)
    expect(run.said().map((line) => line.split(' {')[0])).toEqual([
      '120 - Rejected',
      '120 asterFutures-account-1 Closed',
    ])
    expect(run.isComplete()).toBe(true)
    run.checkSilence()
  })
})

describe('a key that is replaced', () => {
  test.each([
    ['-1125', gone],
    ['404', missing],
  ])('F31 its extension says %s: the new connection is open before the old one goes', (_, answer) => {
    const run = accountInMemory()
    run.answers['PUT']?.push(answer)
    run.pass(HALF_HOUR)
    run.said()
    run.pass(100)
    const [waiting, uncarried, ...said] = happened(run.said())
    expect(uncarried).toMatch(/^- Uncarried {"account":"asterFutures-account","reason":"the listen key is gone: PUT /)
    expect(waiting).toContain(
      'Waiting {"delay":0,"attempt":1,"reason":"the listen key is gone: PUT /fapi/v3/listenKey: ',
    )
    expect(said).toEqual([
      '1 Rotating {"reason":"another listen key"}',
      '2 Connecting',
      '2 Connected',
      '- Carried {"account":"asterFutures-account"}',
    ])
    expect(run.open()).toHaveLength(2)
    run.pass(5_000)
    expect(happened(run.said())).toEqual(['1 Closed'])
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    run.end()
  })

  const wrapped = (key: string) => JSON.stringify({ stream: key, data: { e: 'listenKeyExpired', E: 1 } })
  test.each<[string, readonly string[]]>([
    ['once', [expiredText(keyOf(1))]],
    ['twice', [expiredText(keyOf(1)), expiredText(keyOf(1))]],
    ['without its name, twice', [expiredText(), expiredText()]],
    ['wrapped, and raw', [wrapped(keyOf(1)), expiredText(keyOf(1))]],
  ])('F32 said to have expired %s: exactly one renewal, and the status comes first', (_, texts) => {
    const run = accountInMemory()
    run.pass(100)
    run.said()
    const old = run.last()
    for (const text of texts) old.text(text)
    const said = run.said()
    expect(said[0]).toBe('100 - Waiting {"delay":0,"attempt":1,"reason":"the listen key has expired"}')
    expect(said).toHaveLength(2 + texts.length)
    expect(said[2]).toBe('100 - Uncarried {"account":"asterFutures-account","reason":"the listen key has expired"}')
    run.pass(100)
    run.said()
    // On the old connection, and of the old key on the new one: nobody's concern.
    for (const text of texts) old.text(text)
    run.last().text(expiredText(keyOf(1)))
    run.pass(10_000)
    expect(run.calls).toEqual(['0 POST', '100 POST'])
    expect([run.connections.length, run.open()]).toEqual([2, [run.last()]])
    expect(happened(run.said())).toEqual(['1 Closed'])
    run.end()
  })

  test('F33 an extension that fails twice, then works: tried early, and nothing else happens', () => {
    const run = accountInMemory()
    run.answers['PUT']?.push(broken, broken)
    run.pass(HALF_HOUR)
    run.said()
    run.pass(100_000)
    expect(run.calls.slice(1)).toEqual(
      [HALF_HOUR + 20, HALF_HOUR + 10_040, HALF_HOUR + 30_060].map((at) => `${at} PUT`),
    )
    expect([run.said(), run.connections.length]).toEqual([[], 1])
    run.end()
  })

  test.each([
    ['expired', (run: ReturnType<typeof accountInMemory>) => run.last().text(expiredText(keyOf(1)))],
    [
      'is gone',
      (run: ReturnType<typeof accountInMemory>) => {
        run.answers['PUT']?.push(gone)
        run.pass(HALF_HOUR)
      },
    ],
  ])('F34 one that %s, and POST answers the same key: the socket stays', (_, lose) => {
    const run = accountInMemory()
    run.pass(100)
    run.answers['POST']?.push(keyOf(1))
    lose(run)
    run.pass(100_000)
    expect(run.calls.slice(1, 3).join()).toContain('POST')
    expect([run.connections.length, run.last().isOpen()]).toEqual([1, true])
    run.end()
  })

  test('while the next connection is opened with the old key: that one is given up', () => {
    const run = accountInMemory({ every: 1_000 })
    run.pass(100)
    run.behaviour.latency = 2_000
    run.answers['PUT']?.push(gone)
    run.answers['POST']?.push(broken)
    run.last().put({ _tag: 'Closed', code: 1001, reason: '' })
    run.pass(941)
    expect([run.connections.length, run.last().isLeft()]).toEqual([2, true])
    run.pass(10_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    expect(run.connections.map((connection) => connection.openedAt() !== undefined)).toEqual([true, false, true])
    expect(run.open()).toEqual([run.last()])
    run.end()
  })

  test('nothing is connected with a key that is dead', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().text(expiredText(keyOf(1)))
    run.answers['POST']?.push(broken, broken, broken, broken)
    run.last().put({ _tag: 'Closed', code: 1001, reason: '' })
    run.pass(20_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    run.end()
  })

  test('that is said to have expired as soon as it is connected: not a storm of keys, nor of sockets', () => {
    const run = accountInMemory()
    run.pass(30)
    let most = 0
    for (let n = 0; n < 6_000; n++) {
      run.pass(10)
      most = Math.max(most, run.open().length)
      if (run.last().isOpen()) run.last().text(expiredText())
    }
    const asked = run.calls.map((call) => Number(call.split(' ')[0]))
    const waits = asked.slice(1).map((at, n) => Math.floor((at - (asked[n] ?? 0)) / 500) * 500)
    expect([waits, most]).toEqual([[0, 500, 1_000, 2_000, 4_000, 8_000, 16_000], 2])
    const reason = 'listen keys do not last: this one lived 10 ms'
    const said = happened(run.said()).filter((line) => line.includes('"delay":500'))
    expect(said).toEqual([`- Waiting ${JSON.stringify({ delay: 500, attempt: 1, reason })}`])
    run.end()
  })

  test('with the one before it open: the oldest closes, though nothing has carried the account since', () => {
    const run = accountInMemory({ createRetry: { delay: 0 }, overlap: 10_000 })
    run.pass(100)
    for (let n = 2; n < 6; n++) {
      run.last().text(expiredText())
      run.pass(100)
      expect(run.open().map(({ url }) => url.split('/').at(-1))).toEqual([keyOf(n - 1), keyOf(n)])
    }
    run.end()
  })

  test('by itself, after the connection was lost', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().text(expiredText(keyOf(1)))
    run.answers['POST']?.push(broken, keyOf(1))
    run.last().put({ _tag: 'Closed', code: 1001, reason: '' })
    run.pass(20_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(1)}`])
    expect(run.last().isOpen()).toBe(true)
    run.end()
  })

  test('while a rotation with the old key is under way: that goes with it', () => {
    const rotate$ = new Subject<string>()
    const run = accountInMemory({ rotate$, overlap: 1_000 })
    run.pass(100)
    rotate$.next('on demand')
    run.pass(100)
    run.open()[0]?.text(expiredText(keyOf(1)))
    run.pass(10_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    expect(run.open().map(({ url }) => url.endsWith(keyOf(2)))).toEqual([true])
    run.end()
  })

  test('while the line waits: the next connection has the new key', () => {
    const run = accountInMemory({ reconnect: { delay: 10_000 } })
    run.pass(100)
    run.last().text(expiredText(keyOf(1)))
    run.last().put({ _tag: 'Closed', code: 1001, reason: '' })
    run.pass(20_000)
    expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
    run.end()
  })
})

describe('I5 keys and secrets', () => {
  test('F49 a reason of the venue that repeats the key is told without it', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().put({ _tag: 'Closed', code: 1008, reason: `no ${keyOf(1)}` })
    expect(run.said().slice(-3, -1)).toEqual([
      '100 asterFutures-account-1 Disconnected {"code":1008,"reason":"no <listenKey>"}',
      '100 - Uncarried {"account":"asterFutures-account","reason":"no <listenKey>"}',
    ])
    run.end()
  })

  test('a frame that repeats a key, wherever it stands, has <listenKey> there', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().text({ e: 'MARGIN_CALL', E: 1, note: `x${keyOf(1)}y`, stream: keyOf(1) })
    expect(run.said().at(-1)).toContain('{"e":"MARGIN_CALL","E":1,"note":"x<listenKey>y","stream":"<listenKey>"}')
    run.end()
  })

  test('an error of reconcile, too', () => {
    const reconcile = () => throwError(() => new Error(`failed for ${keyOf(1)}?signature=canary`))
    const run = accountInMemory({ reconcile })
    run.pass(100)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(600)
    expect(run.said().at(-1)).toContain('"reason":"reconcile: failed for <listenKey>?signature=<redacted>"')
    run.end()
  })
})

describe('F36 reconcile', () => {
  /** A run whose reconciliations end when told. */
  const reconciling = (config: Parameters<typeof accountInMemory>[0] = {}) => {
    const losses: Loss[] = []
    let answer$ = new Subject<unknown>()
    const reconcile = (loss: Loss) => {
      losses.push(loss)
      answer$ = new Subject()
      return answer$
    }
    const run = accountInMemory({ reconcile, ...config })
    run.pass(100)
    return {
      ...run,
      losses,
      done: () => answer$.complete(),
      say: () => answer$.next('an order'),
      isHeard: () => answer$.observed,
      lose: () => run.last().put({ _tag: 'Closed', code: 1006, reason: 'reset' }),
    }
  }

  test('not on the first connection', () => {
    const run = reconciling()
    run.event(1)
    expect([run.losses, run.said().at(-1)]).toEqual([[], `100 asterFutures-account-1 Frame ${eventText(1)}`])
    run.end()
  })

  test('F36 after a lost connection, before the events of the next one; statuses pass at once', () => {
    const run = reconciling()
    run.event(1)
    run.pass(50)
    run.said()
    run.lose()
    run.pass(600)
    run.event(2)
    run.say()
    run.event(3)
    expect(run.said()).toEqual([
      '150 asterFutures-account-1 Disconnected {"code":1006,"reason":"reset"}',
      '150 - Uncarried {"account":"asterFutures-account","reason":"reset"}',
      '150 asterFutures-account-1 Waiting {"delay":500,"attempt":1,"reason":"reset"}',
      '650 asterFutures-account-2 Connecting',
      '660 asterFutures-account-2 Connected',
      '680 - Carried {"account":"asterFutures-account"}',
      '680 - Reconciling {"reason":"reset","since":100,"dropped":0}',
    ])
    expect(run.losses).toEqual([{ reason: 'reset', heardAt: 100, lostAt: 150, connectedAt: 680 }])
    run.done()
    run.event(4)
    expect(run.said()).toEqual([
      '750 - Reconciled {"buffered":2}',
      ...[2, 3, 4].map((n) => `750 asterFutures-account-2 Frame ${eventText(n)}`),
    ])
    run.end()
  })

  test('not for a rotation: the next connection was open before the old one went', () => {
    const rotate$ = new Subject<string>()
    const run = reconciling({ rotate$ })
    rotate$.next('')
    run.pass(10_000)
    rotate$.next('')
    run.pass(100)
    run.open()[0]?.put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(10_000)
    expect([run.connections.length, run.losses]).toEqual([3, []])
    run.end()
  })

  test.each([
    ['expired', (run: ReturnType<typeof accountInMemory>) => run.last().text(expiredText())],
    [
      'is gone',
      (run: ReturnType<typeof accountInMemory>) => {
        run.answers['PUT']?.push(gone)
        run.pass(HALF_HOUR)
      },
    ],
  ])('after a key that %s: the old connection was open, and silent', (_, lose) => {
    const run = reconciling({ overlap: 1 })
    run.event(1)
    lose(run)
    run.pass(100)
    expect(run.losses).toHaveLength(1)
    expect(run.losses[0]).toMatchObject({ reason: expect.stringContaining('the listen key') as string })
    run.event(2)
    expect(run.said().at(-1)).not.toContain('Frame')
    run.done()
    expect(run.said().at(-1)).toContain(eventText(2))
    run.end()
  })

  test('after a key that expired and was created again, on the connection that stayed', () => {
    const run = reconciling()
    run.answers['POST']?.push(keyOf(1))
    run.last().text(expiredText())
    run.event(1)
    run.pass(20)
    run.said()
    expect([run.losses.length, run.connections.length]).toEqual([1, 1])
    run.done()
    expect(run.said().at(-1)).toContain(eventText(1))
    run.end()
  })

  test('BingX: only when the streams are answered for', () => {
    const losses: Loss[] = []
    const run = accountInMemory(
      {
        reconcile: (loss) => {
          losses.push(loss)
          return []
        },
      },
      bingxSpot,
    )
    run.behaviour.answer = (asked) => ({ id: asked.id, code: 0, msg: 'SUCCESS' })
    run.pass(5_000)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(520)
    expect([run.last().isOpen(), losses.length]).toEqual([true, 0])
    run.pass(5_000)
    expect(losses).toHaveLength(1)
    run.end()
  })

  test('a further loss meanwhile ends it, and begins anew; what waited comes first then', () => {
    const run = reconciling()
    run.lose()
    run.pass(600)
    run.event(1)
    expect(run.isHeard()).toBe(true)
    run.lose()
    expect(run.isHeard()).toBe(false)
    run.pass(2_000)
    run.event(2)
    expect(run.losses.map(({ lostAt, heardAt }) => [lostAt, heardAt])).toEqual([
      [100, 30],
      [100, 30],
    ])
    run.said()
    run.done()
    expect(run.said().map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'Reconciled {"buffered":2}',
      `Frame ${eventText(1)}`,
      `Frame ${eventText(2)}`,
    ])
    run.end()
  })

  test('an error is a status, and it is tried again', () => {
    let attempts = 0
    const reconcile = () => ((attempts += 1) < 3 ? throwError(() => new Error('503')) : of('order'))
    const run = accountInMemory({ reconcile, reconcileRetry: { delay: 100 } })
    run.pass(100)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(510)
    run.event(1)
    run.said()
    run.pass(400)
    expect(run.said().map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'Reconciling {"reason":"closed with 1006","since":30,"dropped":0}',
      'Waiting {"delay":200,"attempt":2,"reason":"reconcile: 503"}',
      'Reconciling {"reason":"closed with 1006","since":30,"dropped":0}',
      'Reconciled {"buffered":1}',
      `Frame ${eventText(1)}`,
    ])
    run.end()
  })

  test('too many to wait: they are dropped, the status says so, and it is asked anew', () => {
    const run = reconciling({ maxBuffer: 2 })
    run.lose()
    run.pass(600)
    run.said()
    for (let n = 1; n <= 5; n++) run.event(n)
    expect(run.said()).toEqual([
      '700 - Reconciling {"reason":"reset","since":30,"dropped":2}',
      '700 - Reconciling {"reason":"reset","since":30,"dropped":4}',
    ])
    expect(run.losses.map(({ connectedAt }) => connectedAt)).toEqual([630, 700, 700])
    run.done()
    expect(run.said().map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'Reconciled {"buffered":1}',
      `Frame ${eventText(5)}`,
    ])
    run.end()
  })
})

describe('F35 F46 unsubscribed', () => {
  test('F35 while the key is being created: no socket is opened', () => {
    const run = accountInMemory()
    run.pass(10)
    expect(run.underWay()).toBe(1)
    run.end()
    expect(run.connections).toEqual([])
  })

  test('while it waits to create one', () => {
    const run = accountInMemory()
    run.answers['POST']?.push(broken)
    run.pass(100)
    run.end()
    expect(run.calls).toHaveLength(1)
  })

  test.each([
    ['connecting', 25],
    ['open', 100],
    ['extending', HALF_HOUR + 30],
  ])('while %s', (_, ms) => {
    const run = accountInMemory()
    run.pass(ms)
    run.end()
  })

  test('while the line waits, and while a key that is gone is replaced', () => {
    const run = accountInMemory()
    run.answers['PUT']?.push(gone)
    run.pass(HALF_HOUR + 50)
    expect(run.underWay()).toBe(1)
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.end()
  })

  test('while rotating to another key', () => {
    const run = accountInMemory()
    run.pass(100)
    run.last().text(expiredText())
    run.pass(100)
    expect(run.open()).toHaveLength(2)
    run.end()
  })

  test('while reconciling, which ends it, and while that waits for another attempt', () => {
    const answer$ = new Subject()
    for (const answered$ of [answer$, throwError(() => new Error('x'))]) {
      const run = accountInMemory({ reconcile: () => answered$ })
      run.pass(100)
      run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      run.pass(520)
      run.end()
      expect(answer$.observed).toBe(false)
    }
  })

  test.each(['Connecting', 'Connected', 'Frame', 'Disconnected', 'Waiting', 'Reconciling', 'Reconciled'])(
    'by whoever hears %s, in that moment',
    (tag) => {
      const reconcile = jest.fn(() => of('order'))
      const run = accountInMemory({ reconcile })
      run.tap(({ _tag }) => {
        if (_tag === tag) run.subscription.unsubscribe()
      })
      run.pass(100)
      if (run.last().isOpen()) run.event(1)
      if (run.last().isOpen()) run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
      run.pass(10_000)
      expect(run.signals.at(-1)?._tag).toBe(tag)
      expect(reconcile).toHaveBeenCalledTimes(tag === 'Reconciled' ? 1 : 0)
      run.checkSilence()
    },
  )

  test('the key is closed only if asked', () => {
    for (const close of [false, true]) {
      const run = accountInMemory({ close })
      run.pass(100)
      run.subscription.unsubscribe()
      run.pass(100)
      expect(run.calls.slice(1)).toEqual(close ? ['100 DELETE'] : [])
      run.end()
    }
  })
})

test('two subscriptions are two keys and two connections', () => {
  const run = accountInMemory()
  const other = run.subscribe()
  run.pass(100)
  expect(run.paths()).toEqual([`/ws/${keyOf(1)}`, `/ws/${keyOf(2)}`])
  other.unsubscribe()
  run.end()
})

describe('whatever happens to keys and connections', () => {
  type Run = ReturnType<typeof accountInMemory>
  const moves: Readonly<Record<string, (run: Run) => void>> = {
    event: (run) => run.open().forEach((connection) => run.event(1, connection)),
    expire: (run) => run.open().at(-1)?.text(expiredText()),
    expireFirst: (run) => run.open()[0]?.text(expiredText(keyOf(1))),
    close: (run) => run.open().at(-1)?.put({ _tag: 'Closed', code: 1006, reason: '' }),
    closeAll: (run) => run.open().forEach((connection) => connection.put({ _tag: 'Closed', code: 1001, reason: '' })),
    brokenPost: (run) => run.answers['POST']?.push(broken),
    sameKey: (run) => run.answers['POST']?.push(keyOf(1)),
    brokenPut: (run) => run.answers['PUT']?.push(broken),
    gonePut: (run) => run.answers['PUT']?.push(gone),
    nothing: () => undefined,
  }
  const times = fc.constantFrom(0, 5, 20, 100, 600, 5_000, HALF_HOUR)

  property.prop([fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), times), { maxLength: 40 })], {
    numRuns: 60,
    // A key that is given again goes on with its own connection.
    examples: [
      [
        [
          ['event', 600],
          ['expire', 100],
          ['expire', 0],
          ['sameKey', 5_000],
        ],
      ],
    ],
  })(
    'F30 F31 F47 one key is created at a time, two keys are connected at most, and in the end one that lives',
    (story) => {
      const run = accountInMemory({ reconcile: () => of('order') })
      for (const [move, ms] of story) {
        moves[move]?.(run)
        run.pass(ms)
        expect(run.mostCreating()).toBeLessThanOrEqual(1)
        expect(new Set(run.open().map(({ url }) => url)).size).toBeLessThanOrEqual(2)
      }
      for (const waiting of Object.values(run.answers)) waiting.length = 0
      run.pass(600_000)
      const [only, ...others] = run.open()
      expect([only?.url.endsWith(run.newest()), others]).toEqual([true, []])
      run.said()
      run.event(7, only)
      expect(run.said()).toEqual([expect.stringMatching(/ Frame {"e":"MARGIN_CALL","E":7,/)])
      run.end()
    },
  )
})

/** How much a subscription holds, and what it holds, and so on. */
const held = (subscription: object): number => {
  const children: unknown = Reflect.get(subscription, '_finalizers')
  if (!Array.isArray(children)) return 1
  return children.reduce<number>(
    (sum, child) => sum + (typeof child === 'object' && child !== null ? held(child as object) : 1),
    1,
  )
}

test('F47 a thousand reconnections, and as many keys, leave nothing behind', () => {
  const run = accountInMemory({ reconcile: () => of('order'), createRetry: { delay: 0 } })
  run.pass(100)
  const before = held(run.subscription)
  const timers = jest.spyOn(run.clock.scheduler, 'schedule')
  const work: number[] = []
  for (let n = 1; n <= 1_000; n++) {
    run.last().text(expiredText())
    run.last().put({ _tag: 'Closed', code: 1006, reason: '' })
    run.pass(1_000)
    work.push(timers.mock.calls.splice(0).length)
    run.signals.length = 0
  }
  expect(run.connections.filter((connection) => !connection.isLeft())).toHaveLength(1)
  expect([run.connections.length, run.calls.length]).toEqual([1_001, 1_001])
  // What is held, and what is done each time, does not grow.
  expect(held(run.subscription)).toBe(before)
  expect(new Set(work.slice(10)).size).toBeLessThanOrEqual(2)
  timers.mockRestore()
  run.end()
})
