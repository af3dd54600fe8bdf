import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium, type CDPSession } from 'playwright-core'
import { browserPath } from './browser.js'
import { syntheticRecording } from './syntheticRecording.js'

// Leaves the page of a busy market open in Chromium, and looks every minute at how often it draws, what that costs, and
// what it holds. By --recorded the market is a recording of so many minutes, which is played at a higher speed.
// npm run soak:dashboard -- --minutes 60
// npm run soak:dashboard -- --recorded 60 --speed 6

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    recorded: { type: 'string' },
    speed: { type: 'string', default: '6' },
  },
})
const SPEED = Number(values.speed)
const MINUTES = values.recorded === undefined ? Number(values.minutes) : Math.floor(Number(values.recorded) / SPEED)
/** Frames a second, of 60. */
const LEAST_FRAMES = 55
/** In the first minutes tables and pictures fill. Then there may be so many megabytes more, and so much more to do. */
const FILLING = 4
const MOST_GROWTH = 8
const MOST_COST = 1.3

const executablePath = browserPath()
if (executablePath === undefined) throw new Error('no Chromium on the PATH, and none could be installed')

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-soak-'))

/** What the page is asked to show. */
const shown = (): readonly string[] => {
  if (values.recorded === undefined)
    return ['asterFutures', '--simulated', '--symbols', 'btcusdt,ethusdt,solusdt', '--pause', '2']
  const file = join(folder, 'asterFutures-btcusdt.txt.gz')
  writeFileSync(file, gzipSync(syntheticRecording(Number(values.recorded) * 60_000)))
  return [file, '--speed', values.speed]
}

/** Counts the frames of a page, and keeps the longest; as a text, since it runs there. */
const counting = `
  globalThis.drawn = { frames: 0, longest: 0 }
  let last = performance.now()
  const count = (now) => {
    drawn.frames += 1
    drawn.longest = Math.max(drawn.longest, now - last)
    last = now
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)`
const countFrames =
  '(() => { const { frames, longest } = drawn; drawn.frames = drawn.longest = 0; return { frames, longest } })()'

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}

/** The CPU time of the page's main thread, in ms: what else the machine does hardly changes it. */
const cpuTime = async (session: CDPSession): Promise<number> => {
  const { metrics } = (await session.send('Performance.getMetrics')) as Metrics
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000
}

const megabytes = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { readonly usedSize: number }
  return usedSize / 2 ** 20
}

const program = spawn(process.execPath, ['dist/esm/cli.js', 'dashboard', ...shown(), '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const line = String((await once(program.stdout, 'data'))[0])
const { page: address } = JSON.parse(line) as { readonly page: string }
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })

try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  await page.addInitScript({ content: counting })
  await page.goto(address)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  let filled = { heap: Infinity, cost: Infinity, share: Infinity }
  for (let minute = 1; minute <= MINUTES; minute++) {
    await page.evaluate(countFrames)
    const [before, start] = [await cpuTime(session), performance.now()]
    await setTimeout(60_000)
    const { frames, longest } = await page.evaluate<{ readonly [K in 'frames' | 'longest']: number }>(countFrames)
    const [spent, elapsed] = [(await cpuTime(session)) - before, performance.now() - start]
    const [rate, cost, share] = [(frames / elapsed) * 1_000, spent / frames, spent / elapsed]
    const heap = await megabytes(session)
    const received = await page.locator('dd[data-name="messages a second"]').textContent()
    const elements = await page.locator('*').count()
    // Where the machine leaves time for fewer frames each of them has more to do, and all of them less.
    const isDearer = cost > filled.cost * MOST_COST && share > filled.share * MOST_COST
    const isWrong = rate < LEAST_FRAMES || heap > filled.heap + MOST_GROWTH || isDearer
    if (minute === FILLING) filled = { heap, cost, share }
    const texts = [
      `minute ${minute}: ${rate.toFixed(1)} frames a second, the longest ${longest.toFixed(0)} ms`,
      `${cost.toFixed(2)} ms of CPU time a frame, ${(share * 100).toFixed(0)} % of a core, ${heap.toFixed(1)} MB, ${elements} elements`,
      `${received ?? ''} messages a second${isWrong ? ': not as it should be' : ''}`,
    ]
    console.log(texts.join(', '))
    if (isWrong) process.exitCode = 1
  }
} finally {
  await browser.close()
  program.kill()
  rmSync(folder, { recursive: true, force: true })
}
