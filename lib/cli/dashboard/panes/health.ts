import type { BookState, Rest } from 'aster-rx/core'
import { interval, map, scan, shareReplay, startWith, withLatestFrom } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { element, pane, setText } from '../element.js'
import { reasonText } from '../reasonText.js'
import { newHealth, rateOf, withFact, type Count, type Health } from '../state/health.js'
import { createLags, type Lags } from '../state/lags.js'
import type { View } from '../View.js'
import { watched } from '../watched.js'

/** How often it is looked at, in ms, and over how many looks a rate is taken. */
const EVERY = 250
const LOOKS = 9
/** Of so many events the quantiles are. */
const LAGS = 2_048

const msText = (ms: number) => (Number.isNaN(ms) ? '-' : ms < 10 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(0)} ms`)

/** Its age is read at the moment. */
const bookText = (state: BookState): string =>
  state._tag === 'Syncing' ? reasonText(state) : `${reasonText(state)}, ${(state.book.age / 1_000).toFixed(1)} s old`

/** A line of the pane: what it is called, and what it says. */
const rows: Readonly<Record<string, (health: Health, rate: number, lags: Lags, rest: Rest) => string>> = {
  connections: ({ connected }) => String(connected.size),
  'messages a second': (_, rate) => rate.toFixed(0),
  messages: ({ frames }) => frames.toLocaleString('en'),
  'lag p50': (_health, _rate, lags) => msText(lags.quantile(0.5)),
  'lag p99': (_health, _rate, lags) => msText(lags.quantile(0.99)),
  'connections lost': ({ losses }) => String(losses),
  'books lost': ({ resyncs }) =>
    resyncs.size === 0 ? '0' : [...resyncs].map(([reason, count]) => `${count} × ${reason}`).join(', '),
  'wrong frames': ({ errors }) => String(errors),
  'REST weight': (_health, _rate, _lags, rest) => {
    const { used, limit, waiting } = rest.usage()
    return `${used} of ${limit}${waiting === 0 ? '' : `, ${waiting} waiting`}`
  },
}

/** How the client is. */
export const healthPane = ({ client, rest, setup }: View): HTMLElement => {
  const list = element('dl')
  const line = (name: string) => {
    const value = element('dd')
    value.dataset['name'] = name
    list.append(element('dt', {}, name), value)
    return value
  }
  const books = new Map(setup.symbols.map((symbol) => [symbol, line(`book of ${symbol}`)]))
  const values = Object.entries(rows)
    // How long what was recorded has been on its way, nobody can tell any more.
    .filter(([name]) => setup.source !== 'recorded' || !name.startsWith('lag'))
    .map(([name, read]) => [line(name), read] as const)

  const lags = createLags(LAGS)
  const health$ = watched(client, lags).pipe(
    scan(withFact, newHealth),
    startWith(newHealth),
    shareReplay({ bufferSize: 1, refCount: false }),
  )
  interval(EVERY)
    .pipe(
      // A book can be read as long as nothing is known that came after its state.
      atFrames(),
      withLatestFrom(health$),
      map(([, health]) => ({ health, at: performance.now() })),
      scan(
        ({ counts }, { health, at }) => ({ health, counts: [...counts, { at, count: health.frames }].slice(-LOOKS) }),
        { health: newHealth, counts: [] as readonly Count[] },
      ),
    )
    .subscribe(({ health, counts }) => {
      for (const [symbol, value] of books) {
        const state = health.books.get(symbol)
        setText(value, state === undefined ? 'nobody listens' : bookText(state))
        value.dataset['state'] = state?._tag ?? ''
      }
      for (const [value, read] of values) setText(value, read(health, rateOf(counts), lags, rest))
    })
  return pane('health', 'Health', list)
}
