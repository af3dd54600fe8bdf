import { NEVER, of, Subject } from 'rxjs'
import { createArbiter } from '../../lib/client/arbiter.js'
import { createClient } from '../../lib/client/createClient.js'
import type { Communicator } from '../../lib/communicators/Communicator.js'
import { klines } from '../../lib/operators/klines.js'
import { frame, type Signal } from '../../lib/Signal.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import type { Message } from '../../lib/parser/Message.js'
import { streamName } from '../../lib/venues/streamName.js'

/**
 * Says how many bytes a client holds after each of some stories, beyond what it held before. `SIZE=1` has as many names,
 * symbols and books as were reported once; less is sooner done.
 */
const scale = Number(process.env['SIZE'] ?? 0.25)

const collect = Reflect.get(globalThis, 'gc') as () => void

const heap = (): number => {
  for (let i = 0; i < 4; i++) collect()
  return process.memoryUsage().heapUsed
}

/** A text as a socket gives it: in memory of its own. */
const own = (text: string) => Buffer.from(text).toString()

const source = { id: 'a' }
let id = 0
let time = 1_700_000_000_000
let state = 1
const random = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const price = (tick: number) => `${(60_000 + tick / 100).toFixed(2)}000000`
const level = (tick: number) => `["${price(tick)}","${random(9) + 1}.12345000"]`

const wrapped = (stream: string, data: string) => own(`{"stream":"${stream}","data":${data}}`)
const depth = (symbol: string, levels: { readonly b: string; readonly a: string }) => {
  const from = id + 1
  id += 1
  time += 1
  return `{"e":"depthUpdate","E":${time},"s":"${symbol}","U":${from},"u":${id},"b":[${levels.b}],"a":[${levels.a}]}`
}
const snapshot = (size: number) => {
  const side = (sign: number) => Array.from({ length: size }, (_, i) => level(sign * (i + 1))).join(',')
  return own(`{"lastUpdateId":${id},"bids":[${side(-1)}],"asks":[${side(1)}]}`)
}

const reply = (symbol: string, size: number) =>
  ({ _tag: 'Reply', symbol, text: snapshot(size), receivedAt: time }) as const

/** A client; where it cannot ask for snapshots, it takes those that come. */
const lab = (size = 1_000, mayAsk = true) => {
  const signal$ = new Subject<Signal>()
  const communicator: Communicator = Object.assign(() => signal$, {
    ...(mayAsk && { snapshot: (symbol: string) => of(reply(symbol, size)) }),
  })
  const client = createClient({ venue: binanceSpot, communicator, linger: 0, onNotice: () => undefined })
  const put = (text: string) => signal$.next(frame(text, time, source))
  const status = (_tag: 'Acknowledged' | 'Unsubscribed', stream: string) =>
    signal$.next({ _tag, stream, receivedAt: time, source })
  client.connect()
  return { client, put, status, signal$ }
}

const touched = (count: number, sign: number, size: number) =>
  Array.from({ length: count }, () => level(sign * (random(size) + 1))).join(',')

type Story = () => { readonly run: () => void; readonly isSound: () => boolean; readonly keep: unknown }

const stories: Readonly<Record<string, Story>> = {
  /** A synced book of 4,100 levels, fed by 26 MB of frames. */
  book: () => {
    const { client, put } = lab(2_050)
    let size = 0
    client.book('BTCUSDT').subscribe((said) => {
      if (said._tag === 'Synced') size = said.book.size.bids + said.book.size.asks
    })
    let next = 0
    /** One level far away, in its turn, and many near the best. */
    const side = (sign: 1 | -1) => {
      const far = next % 2 === 0 ? sign : -sign
      return `${level(sign * (far > 0 ? ((next >> 1) % 2_050) + 1 : 1))},${touched(83, sign, 30)}`
    }
    const update = () => {
      put(wrapped('btcusdt@depth@100ms', depth('BTCUSDT', { b: side(-1), a: side(1) })))
      next += 1
    }
    update()
    update()
    return {
      run: () => {
        for (let n = 0; n < 4_100; n++) update()
      },
      isSound: () => size === 4_100,
      keep: client,
    }
  },
  /** 20,000 names that nobody knows, in frames of 16 KB. */
  names: () => {
    const { client, put } = lab()
    let unknown = 0
    const count = 20_000 * scale
    client.parseError$.subscribe(() => (unknown += 1))
    const padding = 'x'.repeat(16_000)
    return {
      run: () => {
        for (let i = 0; i < count; i++) put(wrapped(`invented-name-${i}@nothing`, `{"x":"${padding}"}`))
      },
      isSound: () => unknown === count,
      keep: client,
    }
  },
  /** 200,000 symbols that nobody asked for. */
  symbols: () => {
    const { client, put } = lab()
    let events = 0
    client.message$.subscribe(() => (events += 1))
    return {
      run: () => {
        for (let i = 0; i < 200_000 * scale; i++)
          put(wrapped(`invented${i}usdt@depth@100ms`, depth(`INVENTED${i}USDT`, { b: level(-1), a: level(1) })))
      },
      isSound: () => events === 200_000 * scale,
      keep: client,
    }
  },
  /** The same in frames of 16 KB, of streams that the venue has. */
  padded: () => {
    const { client, put } = lab()
    let events = 0
    client.message$.subscribe(() => (events += 1))
    const padding = 'x'.repeat(16_000)
    return {
      run: () => {
        for (let i = 0; i < 20_000 * scale; i++) {
          const data = depth(`INVENTED${i}USDT`, { b: level(-1), a: level(1) })
          put(wrapped(`invented${i}usdt@depth@100ms`, `${data.slice(0, -1)},"x":"${padding}"}`))
        }
      },
      isSound: () => events === 20_000 * scale,
      keep: client,
    }
  },
  /** 30,000 symbols, and 1,000 of 20 kB each, where the snapshots of books come among the signals. */
  recorded: () => {
    const { client, put } = lab(0, false)
    let events = 0
    client.depth$.subscribe(() => (events += 1))
    const long = 'X'.repeat(20_000)
    return {
      run: () => {
        for (let i = 0; i < 31_000; i++) {
          const symbol = i < 30_000 ? `INVENTED${i}USDT` : `${long}${i}`
          put(wrapped('btcusdt@depth@100ms', depth(symbol, { b: level(-1), a: level(1) })))
        }
      },
      isSound: () => events === 31_000,
      keep: client,
    }
  },
  /** 5,000 snapshots of 50 levels a side, for which no update comes. */
  replies: () => {
    const { client, signal$ } = lab(0, false)
    let events = 0
    client.depthSnapshot$.subscribe(() => (events += 1))
    return {
      run: () => {
        for (let i = 0; i < 5_000; i++) signal$.next(reply(`S${i}USDT`, 50))
      },
      isSound: () => events === 5_000,
      keep: client,
    }
  },
  /** 25 snapshots of 50,000 levels a side, for which no update comes. */
  large: () => {
    const { client, signal$ } = lab(0, false)
    let events = 0
    client.depthSnapshot$.subscribe(() => (events += 1))
    return {
      run: () => {
        for (let i = 0; i < 25; i++) signal$.next(reply(`S${i}USDT`, 50_000))
      },
      isSound: () => events === 25,
      keep: client,
    }
  },
  /** A book that waits for its snapshot while 2,000 updates of 500 levels come. */
  waiting: () => {
    const signal$ = new Subject<Signal>()
    const communicator: Communicator = Object.assign(() => signal$, { snapshot: () => NEVER })
    const client = createClient({ venue: binanceSpot, communicator, linger: 0, onNotice: () => undefined })
    const reasons: string[] = []
    client.book('BTCUSDT').subscribe((said) => {
      if (said._tag === 'Syncing') reasons.push(said.reason)
    })
    client.connect()
    return {
      run: () => {
        for (let i = 0; i < 2_000; i++) {
          const levels = { b: touched(250, -1, 1_000), a: touched(250, 1, 1_000) }
          signal$.next(frame(wrapped('btcusdt@depth@100ms', depth('BTCUSDT', levels)), time, source))
        }
      },
      isSound: () => reasons.at(-1) === 'buffer full',
      keep: client,
    }
  },
  /** The bars of 2,000 symbols with long names and prices, in frames of 16 KB. */
  bars: () => {
    const { client, signal$ } = lab()
    let bars = 0
    client.trade$.pipe(klines({ interval: '1M', client })).subscribe(({ open }) => {
      if (open === price(0)) bars += 1
    })
    const padding = 'x'.repeat(16_000)
    return {
      run: () => {
        for (let i = 0; i < 2_000; i++)
          for (const tick of [0, 9, -9, i % 9]) {
            id += 1
            const trade = `"e":"trade","E":${time},"s":"INVENTED${i}USDT","t":${id},"p":"${price(tick)}","q":"0.12345000"`
            const data = `{${trade},"T":${time},"m":true,"M":true,"x":"${padding}"}`
            // Without a source nothing is kept to tell repeats.
            signal$.next(frame(wrapped(`invented${i}usdt@trade`, data), time))
          }
      },
      isSound: () => bars === 8_000,
      keep: client,
    }
  },
  /** Best prices of 2,000 symbols on one stream, in frames of 200 KB. */
  lanes: () => {
    const signal$ = new Subject<Signal>()
    const client = createClient({ venue: asterFutures, communicator: () => signal$, onNotice: () => undefined })
    let events = 0
    client.message$.subscribe(() => (events += 1))
    client.connect()
    const padding = 'x'.repeat(200_000)
    const sides = `"b":"${price(-1)}","B":"1.00000000","a":"${price(1)}","A":"1.00000000"`
    return {
      run: () => {
        for (let i = 0; i < 2_000; i++)
          signal$.next(
            frame(wrapped('!bookTicker', `{"u":${i},"s":"INVENTED${i}USDT",${sides},"x":"${padding}"}`), time, source),
          )
      },
      isSound: () => events === 2_000,
      keep: client,
    }
  },
  /** 1,500 snapshots of 250 levels a side, with the updates that make them old. */
  replayed: () => {
    const { client, signal$, put } = lab(0, false)
    let events = 0
    client.depthSnapshot$.subscribe(() => (events += 1))
    return {
      run: () => {
        for (let i = 0; i < 1_500; i++) {
          signal$.next(reply(`S${i}USDT`, 250))
          for (let n = 0; n < 2; n++) put(wrapped(`s${i}usdt@depth`, depth(`S${i}USDT`, { b: level(-1), a: level(1) })))
        }
      },
      isSound: () => events === 1_500,
      keep: client,
    }
  },
  /** 2,000 streams, one after the other, in frames of 16 KB. */
  streams: () => {
    const { client, put, status } = lab()
    let events = 0
    const padding = 'x'.repeat(16_000)
    return {
      run: () => {
        for (let i = 0; i < 2_000; i++) {
          const name = streamName(binanceSpot, 'depth', { symbol: `gone${i}usdt`, speed: '100ms' })
          status('Acknowledged', name)
          const listener = client.stream(name).subscribe(() => (events += 1))
          const data = depth(`GONE${i}USDT`, { b: level(-1), a: level(1) })
          put(wrapped(name, `${data.slice(0, -1)},"x":"${padding}"}`))
          listener.unsubscribe()
          status('Unsubscribed', name)
        }
      },
      isSound: () => events === 2_000,
      keep: client,
    }
  },
  /** The levels of 5,000 updates in frames of 16 KB, which their listener keeps. */
  levels: () => {
    const { client, put } = lab()
    const kept: unknown[] = []
    client.depth$.subscribe(({ bids, asks }) => kept.push(bids, asks))
    const padding = 'x'.repeat(16_000)
    return {
      run: () => {
        for (let i = 0; i < 5_000; i++) {
          const data = depth('BTCUSDT', { b: touched(5, -1, 1_000), a: touched(5, 1, 1_000) })
          put(wrapped('btcusdt@depth@100ms', `${data.slice(0, -1)},"x":"${padding}"}`))
        }
      },
      isSound: () => kept.length === 10_000,
      keep: [client, kept],
    }
  },
  /** 300 symbols, each of which first came in a frame of 200 kB. */
  keys: () => {
    const arbiter = createArbiter({ sequence: 'updateId', each: 'symbol' }, () => undefined, JSON.parse)
    arbiter.join('a', true)
    let events = 0
    const take = (symbol: string) => {
      const event = { symbol, updateId: events }
      const message: Message = { kind: 'bookTicker', stream: '!bookTicker', event, receivedAt: 0 }
      events += arbiter.take(message, 'a').length
    }
    return {
      run: () => {
        for (let i = 0; i < 300; i++) {
          const name = `INVENTED${i + 1_000}USDT`
          take(own(`${name}${'x'.repeat(200_000)}`).slice(0, name.length))
          for (let n = 0; n < 3; n++) take(own(name))
        }
      },
      isSound: () => events === 1_200,
      keep: arbiter,
    }
  },
  /** 400 books, one after the other. */
  books: () => {
    const { client, put, status } = lab()
    let synced = 0
    return {
      run: () => {
        for (let i = 0; i < 400 * scale; i++) {
          const name = `s${i}usdt@depth@100ms`
          status('Acknowledged', name)
          const listener = client.book(`S${i}USDT`).subscribe((said) => {
            if (said._tag === 'Synced') synced += 1
          })
          for (let n = 0; n < 3; n++)
            put(wrapped(name, depth(`S${i}USDT`, { b: touched(9, -1, 1_000), a: touched(9, 1, 1_000) })))
          listener.unsubscribe()
          status('Unsubscribed', name)
        }
      },
      isSound: () => synced >= 400 * scale,
      keep: client,
    }
  },
}

/** All clients stay, so that what one of them lets go does not count for another. */
const clients: unknown[] = []
const told = Object.entries(stories).map(([name, story]) => {
  const { run, isSound, keep } = story()
  clients.push(keep)
  const before = heap()
  run()
  const grown = heap() - before
  return [name, { grown, isSound: isSound() && clients.length > 0 }]
})
// The clock of the bars would go on.
process.stdout.write(JSON.stringify(Object.fromEntries(told)), () => process.exit())
