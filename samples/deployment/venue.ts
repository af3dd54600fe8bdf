import { asterFutures } from 'aster-rx'
import { startVenue, type SentPayload } from 'aster-rx/simulation'
import { say, setup, symbols } from './roles.js'

const { frames, rate } = setup()
/** A step of the venue takes so many ms. */
const STEP = 20

/** Trades of all markets in turn, with ids that count from 1. */
function* trades(): Iterable<SentPayload> {
  for (let i = 0; ; i++) {
    const s = symbols[i % symbols.length] ?? ''
    const t = 1 + Math.floor(i / symbols.length)
    const now = Date.now()
    const data = { e: 'trade', E: now, T: now, s, t, p: '61685.90', q: '0.024', X: 'MARKET', m: t % 2 === 0 }
    yield { stream: `${s.toLowerCase()}@trade`, data }
  }
}

const { addresses, controls } = await startVenue({ venue: asterFutures, symbols, replay: trades() })
say({ _tag: 'Ready', ...addresses })

let count = 0
let isLast = false
const run = () => {
  const start = performance.now()
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) * rate) / 1_000)
    // After a pause of this process, no more than a second of it is made up.
    const steps = Math.min(due - count, rate)
    if (steps > 0) controls.step(steps)
    count += steps
    const isEnd = isLast && count >= frames
    say({ _tag: 'Sent', count, isEnd })
    if (isEnd) clearInterval(timer)
  }, STEP)
}
process.once('message', () => {
  process.once('message', () => (isLast = true))
  run()
})
