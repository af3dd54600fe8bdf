import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { asterFutures, binanceSpot, createClient, frame, replayCommunicator, type Signal } from 'aster-rx'
import { Subject } from 'rxjs'
import { atHand, everyKind, playing } from '../clients.js'
import { recordingNamed } from '../recordings.js'

const [what, ...args] = process.argv.slice(2)

const collect = async () => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.()
    await setImmediate()
  }
}

const used = async () => {
  await collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const collections: number[] = []
const observer = new PerformanceObserver((list) =>
  collections.push(...list.getEntries().map((entry) => entry.duration)),
)

/** Collections that were seen since the last call, in ms. */
const collected = async () => {
  await setImmediate()
  await setImmediate()
  return collections.splice(0)
}

/** Started with a young generation that holds all: nothing is collected, so what is used is what was allocated. */
const allocated = async ([name, withBook]: readonly string[]) => {
  const recording = recordingNamed(name)
  const run = (isCounted: boolean) => {
    const play = playing(recording, withBook === 'book')
    if (isCounted) globalThis.gc?.()
    const before = process.memoryUsage()
    play()
    const after = process.memoryUsage()
    return after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  }
  for (let round = 0; round < 5; round++) run(true)
  await collected()
  const before = process.memoryUsage().heapUsed
  const bytes = run(false)
  const isWhole = (await collected()).length === 0 && process.memoryUsage().heapUsed > before
  return isWhole ? bytes / recording.frames.length : NaN
}

/** The share of the time in which the collector kept the program waiting. */
const collecting = async ([name, withBook]: readonly string[]) => {
  const recording = recordingNamed(name)
  let [time, waited] = [0, 0]
  for (let round = -3; round < 10; round++) {
    const play = playing(recording, withBook === 'book')
    await collect()
    await collected()
    const start = performance.now()
    play()
    const took = performance.now() - start
    const pauses = await collected()
    if (round < 0) continue
    time += took
    waited += pauses.reduce((sum, pause) => sum + pause, 0)
  }
  return waited / time
}

const level = (sign: number, i: number) => [(60_000 + sign * (i + 1) * 0.1).toFixed(2), (0.001 * (i + 1)).toFixed(3)]

/** So many synced books of so many levels a side, in one client: bytes of them all. */
const books = async ([count = '', levels = '']: readonly string[]) => {
  const signal$ = new Subject<Signal>()
  const client = createClient<typeof asterFutures>({ venue: asterFutures, communicator: atHand(signal$) })
  client.connect()
  const before = await used()
  let synced = 0
  for (let i = 0; i < Number(count); i++) {
    const symbol = `S${i}USDT`
    client.book(symbol).subscribe(({ _tag }) => (synced += _tag === 'Synced' ? 1 : 0))
    const side = (sign: number) => Array.from({ length: Number(levels) }, (_, n) => level(sign, n))
    const text = JSON.stringify({ lastUpdateId: 1, E: 1, T: 1, bids: side(-1), asks: side(1) })
    const update = (u: number) => {
      const ids = { U: u, u, pu: u - 1, b: [level(-1, 0)], a: [level(1, 0)] }
      const data = { e: 'depthUpdate', E: u, T: u, s: symbol, ...ids }
      return frame(JSON.stringify({ stream: `${symbol.toLowerCase()}@depth@100ms`, data }), u)
    }
    signal$.next(update(1))
    signal$.next({ _tag: 'Reply', symbol, text, receivedAt: 1 })
    signal$.next(update(2))
    signal$.next(update(3))
  }
  if (synced < Number(count)) throw new Error(`${synced} of ${count} books are synced`)
  const bytes = (await used()) - before
  // Still in use until here.
  signal$.complete()
  return bytes
}

/** One client that hears a recording again and again, each time over a new connection: bytes in use after some of them. */
const repeated = async ([name, ...after]: readonly string[]) => {
  const { venue, texts } = recordingNamed(name)
  const signal$ = new Subject<Signal>()
  const { client, heard } = everyKind(venue, signal$, true)
  client.connect()
  const sizes: number[] = []
  const times = Math.max(...after.map(Number))
  for (let i = 0; i < times; i++) {
    const source = { id: `connection-${i}` }
    const at = i * texts.length
    signal$.next({ _tag: 'Connected', receivedAt: at, source })
    texts.forEach((text, n) => signal$.next(frame(text, at + n, source)))
    signal$.next({ _tag: 'Disconnected', code: 1006, reason: 'the end', receivedAt: at + texts.length, source })
    if (after.includes(String(i + 1))) sizes.push(await used())
  }
  if (heard.events !== texts.length * times) throw new Error(`${heard.events} events`)
  return sizes
}

/** The most that was resident while a file was replayed; of no file, what a process takes that replays none. */
const resident = ([file, venueName]: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const report = () => resolve(process.resourceUsage().maxRSS / 1024)
    if (file === undefined) return report()
    const venue = venueName === 'binanceSpot' ? binanceSpot : asterFutures
    const client = createClient<typeof venue>({ venue, communicator: replayCommunicator({ files: file }) })
    client.trade$.subscribe()
    client.book('BTCUSDT').subscribe()
    client.message$.subscribe({ complete: report })
    client.connect()
  })

const measures = { allocated, collecting, books, repeated, resident }
const measure = Object.entries(measures).find(([name]) => name === what)?.[1]
if (measure === undefined) throw new TypeError(`expected one of ${Object.keys(measures).join(', ')}, came ${what}`)
observer.observe({ entryTypes: ['gc'] })
const found = await measure(args)
observer.disconnect()
process.send?.(found, () => process.disconnect())
