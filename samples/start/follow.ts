import type { KlineBar, Status } from 'aster-rx'
import { summarize, summaryLines } from './summary.js'
import { watch, type Report, type Watched } from './watch.js'

/** What is followed, and how it is told. */
export interface Followed {
  readonly symbol: string
  readonly venue: string
  /** One JSON object at the end, and nothing else. */
  readonly json: boolean
}

const EVERY = 1_000

/** What somebody at the screen wants to know of a status; nothing of what is as it should be. */
const news = (status: Status): string | undefined => {
  if (status._tag === 'Connecting') return 'connecting'
  if (status._tag === 'Connected') return 'connected'
  if (status._tag === 'Disconnected') return `connection lost: ${status.reason}`
  if (status._tag === 'Waiting')
    return `cannot connect: ${status.reason === undefined || status.reason === '' ? 'no reason given' : status.reason}; attempt ${status.attempt + 1} in ${(status.delay / 1_000).toFixed(1)} s, Ctrl-C ends it`
  if (status._tag === 'Rejected') return `${status.stream} was refused: ${status.reason}`
  if (status._tag === 'Silent') return `${status.stream} is silent for ${status.quiet} ms`
  return undefined
}

const lineOf = ({ counters, books, trades }: Report, kline: KlineBar | undefined): string => {
  const [book] = books.values()
  const { bid, ask } = book?.top ?? {}
  return [
    `${counters.received} frames`,
    book?.isSynced === true
      ? `book ${bid?.price ?? '-'} × ${bid?.quantity ?? '-'} | ${ask?.price ?? '-'} × ${ask?.quantity ?? '-'}`
      : 'book not synced',
    ...(kline === undefined ? [] : [`1m open ${kline.open} close ${kline.close} volume ${kline.volume}`]),
    ...trades.slice(-1),
  ].join('   ')
}

/** Follows a client live: says what happens when it happens, a line each second and at the end, and a summary. */
export const follow = (client: Watched, { symbol, venue, json }: Followed) => {
  const start = performance.now()
  const elapsed = () => performance.now() - start
  const say = (text: string) => {
    if (!json) process.stdout.write(`${(elapsed() / 1_000).toFixed(1).padStart(5)} s  ${text}\n`)
  }
  const report = watch(client)
  client.status$.subscribe((status) => {
    const text = news(status)
    if (text !== undefined) say(`${status.source?.id ?? venue}: ${text}`)
  })
  let bar: KlineBar | undefined
  client.kline$.subscribe(({ kline }) => (bar = kline))
  const ticking = setInterval(() => say(lineOf(report, bar)), EVERY)
  client.message$.subscribe({
    complete: () => {
      clearInterval(ticking)
      say(lineOf(report, bar))
      const summary = summarize(report, [symbol], venue, elapsed())
      const lines = json ? [JSON.stringify(summary)] : summaryLines(summary, `${summary.seconds.toFixed(1)} s`)
      process.stdout.write(`${lines.join('\n')}\n`)
    },
  })
  return { report, say }
}
