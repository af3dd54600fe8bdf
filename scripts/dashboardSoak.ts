import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { browserPath } from './browser.js'

// Leaves the page of a busy market open in Chromium, and looks every minute at how often it draws and what it holds.
// npm run soak:dashboard -- --minutes 60

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const MINUTES = Number(values.minutes)
/** Frames a second, of 60, and megabytes more than after the first minutes, in which tables and pictures fill. */
const LEAST_FRAMES = 55
const MOST_GROWTH = 8
const FILLING = 4

const executablePath = browserPath()
if (executablePath === undefined) throw new Error('no Chromium on the PATH, and none could be installed')

const market = ['asterFutures', '--simulated', '--symbols', 'btcusdt,ethusdt,solusdt', '--pause', '2']
const program = spawn(process.execPath, ['dist/esm/cli.js', 'dashboard', ...market, '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const line = String((await once(program.stdout, 'data'))[0])
const { page: address } = JSON.parse(line) as { readonly page: string }
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })

/** Counts the frames of a page; as a text, since it runs there. */
const counting =
  'globalThis.framesDrawn = 0; const count = () => { framesDrawn++; requestAnimationFrame(count) }; count()'
const framesDrawn = async (page: Page) => Number(await page.evaluate('framesDrawn'))

try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  await page.addInitScript({ content: counting })
  await page.goto(address)
  const session = await page.context().newCDPSession(page)
  const megabytes = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { readonly usedSize: number }
    return usedSize / 2 ** 20
  }
  let filled = Infinity
  for (let minute = 1; minute <= MINUTES; minute++) {
    const [before, start] = [await framesDrawn(page), performance.now()]
    await setTimeout(60_000)
    const frames = ((await framesDrawn(page)) - before) / ((performance.now() - start) / 1_000)
    const heap = await megabytes()
    const rate = await page.locator('dd[data-name="messages a second"]').textContent()
    const elements = await page.locator('*').count()
    console.log(
      `minute ${minute}: ${frames.toFixed(1)} frames a second, ${heap.toFixed(1)} MB, ${elements} elements, ${rate ?? ''} messages a second`,
    )
    if (minute === FILLING) filled = heap
    const isGrown = heap > filled + MOST_GROWTH
    if (frames < LEAST_FRAMES || isGrown) process.exitCode = 1
  }
} finally {
  await browser.close()
  program.kill()
}
