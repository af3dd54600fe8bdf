import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as t from 'io-ts'
import { lastValueFrom, NEVER, Subject } from 'rxjs'
import * as own from '../lib/index.js'
import type { OnNotice, Rest, RestPause, Signal } from '../lib/index.js'
import type { Fetch } from '../lib/rest/fetchText.js'
import { venueInMemory } from './rest/venueInMemory.js'

type Library = typeof own

/** The library once more, with an RxJS of its own: what ES modules are to those of CommonJS. */
const copyOf = (version?: string): Library => {
  let copy: Library | undefined
  jest.isolateModules(() => {
    if (version !== undefined) jest.doMock('../package.json', () => ({ version }))
    copy = jest.requireActual<Library>('../lib/index.js')
    jest.dontMock('../package.json')
  })
  if (copy === undefined) throw new Error('Expected a copy')
  return copy
}

const other = copyOf()
const both = { own, other }

const failureOf = async ({ createRest, asterFutures, depthSnapshot }: Library): Promise<unknown> => {
  const { fetch } = venueInMemory(() => ({ status: 400, text: '{"code":-1121,"msg":"Invalid symbol."}' }))
  const snapshot$ = depthSnapshot(createRest({ venue: asterFutures, fetch }), { symbol: 'NOSUCH' })
  return new Promise((resolve, reject) =>
    snapshot$.subscribe({ error: resolve, complete: () => reject(new Error('|')) }),
  )
}

test('they are two', () => {
  expect(other.createRest).not.toBe(own.createRest)
  expect(other.RestError).not.toBe(own.RestError)
})

describe.each(['own', 'other'] as const)('an error of the %s copy', (name) => {
  test.each(['own', 'other'] as const)('is an instance for the %s one', async (asked) => {
    const error = await failureOf(both[name])
    expect(error instanceof both[asked].RestError).toBe(true)
    expect(error).toMatchObject({ name: 'RestError', code: -1121, final: true })
  })
})

test('nothing else is an instance', async () => {
  class Own extends other.RestError {}
  const made = new Own('GET /', { kind: 'network', reason: 'reset' })
  expect([made instanceof Own, made instanceof other.RestError, made instanceof own.RestError]).toEqual([
    true,
    true,
    true,
  ])
  expect((await failureOf(other)) instanceof Own).toBe(false)
  for (const value of [undefined, null, 1, 'RestError', {}, new Error('RestError'), { name: 'RestError' }])
    expect(value instanceof own.RestError).toBe(false)
})

describe('one budget', () => {
  const rests = (of: Library, fetch: Fetch): Rest => of.createRest({ venue: of.asterFutures, fetch })
  const ask = (rest: Rest, weight: number) => lastValueFrom(rest.request('GET', '/x', {}, t.unknown, { weight }))

  test('what one copy spends, the other has spent', async () => {
    const { fetch } = venueInMemory(() => ({}))
    const [first, second] = [rests(own, fetch), rests(other, fetch)]
    await ask(first, 1_000)
    await ask(second, 400)
    expect([first.usage().used, second.usage().used]).toEqual([1_400, 1_400])
    // Of 2,400 a minute, as Aster's documentation says, 1,000 are left.
    expect(first.usage().limit).toBe(2_400)
    const waiting = second.request('GET', '/x', {}, t.unknown, { weight: 1_001 }).subscribe()
    expect(first.usage().waiting).toBe(1)
    waiting.unsubscribe()
    expect(first.usage().waiting).toBe(0)
  })

  test('F76 a ban that one copy hears of stops the other', async () => {
    const { fetch, seen } = venueInMemory(() => ({ status: 429, headers: { 'retry-after': '7' } }))
    const [first, second] = [rests(own, fetch), rests(other, fetch)]
    const pauses: RestPause[] = []
    second.pause$.subscribe((pause) => pauses.push(pause))
    await expect(lastValueFrom(first.request('POST', '/x', {}, t.unknown))).rejects.toBeInstanceOf(other.RestError)
    expect(pauses).toMatchObject([{ delay: 7_000 }])
    second.request('GET', '/x', {}, t.unknown).subscribe().unsubscribe()
    expect(seen).toHaveLength(1)
  })

  test('F37 requests of one signer are counted together, whoever sends them', () => {
    const { fetch, seen } = venueInMemory(() => new Promise(() => undefined))
    const signer = own.hmacSigner({ venue: own.asterFutures, apiKey: 'key', secret: 'secret' })
    const send = (of: Library) =>
      of
        .createRest({ venue: of.asterFutures, fetch, signer, maxInFlight: 100 })
        .request('GET', '/x', {}, t.unknown, { authentication: 'signed' })
        .subscribe()
    const sent = Array.from({ length: 100 }, (_, i) => send(i % 2 === 0 ? own : other))
    // Of 100 nonces that a venue remembers, 99 are under way.
    expect(seen).toHaveLength(99)
    sent[0]?.unsubscribe()
    expect(seen).toHaveLength(100)
    for (const request of sent) request.unsubscribe()
  })
})

test('F63 a file that one copy writes is not written by the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-copies-'))
  const file = join(folder, 'day.txt')
  const write = ({ record, frame }: Library) => {
    const signal$ = new Subject<Signal>()
    const written = lastValueFrom(signal$.pipe(record({ file, append: true })))
    signal$.next(frame('{}', 1))
    return { signal$, written }
  }
  const first = write(own)
  await expect(write(other).written).rejects.toThrow(`the only one that writes '${file}', came this process`)
  first.signal$.complete()
  await first.written
  const second = write(other)
  second.signal$.complete()
  await second.written
  rmSync(folder, { recursive: true })
})

test('F81 another version of the library is told, once by each client; another copy is not', () => {
  const told = (): string[] => {
    const notices: string[] = []
    const onNotice: OnNotice = (text) => notices.push(text)
    own.createClient({ venue: own.bingxSpot, communicator: () => NEVER, onNotice }).connect()
    return notices
  }
  other.createRest({ venue: other.bingxSpot })
  expect(told()).toEqual([])
  const older = copyOf('0.0.1')
  older.createRest({ venue: older.bingxSpot })
  expect(told()).toEqual([expect.stringMatching(/^aster-rx, bingxSpot: another version of the library is loaded/)])
})
