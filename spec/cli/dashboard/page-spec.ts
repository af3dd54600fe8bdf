import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { asterFutures } from '../../../lib/venues/asterFutures.js'
import type { Controls } from '../../../lib/simulation/index.js'
import { simulated } from '../simulated.js'
import { inBrowser, opened } from './inBrowser.js'
import { recordedBooks } from './recordedBooks.js'
import { logged, served, synced } from './servedPage.js'

const recording = join(__dirname, '../../../samples/recordings/asterFutures-btcusdt.txt.gz')

/** The cells of a table's rows, from top to bottom. */
const cells = (page: Page, rows: string): Promise<readonly (readonly string[])[]> =>
  page.locator(rows).evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))

/** How many pixels of a canvas are not as its first one, and how many colours it has. */
const drawn = (page: Page, canvas: string) =>
  page
    .locator(canvas)
    .first()
    .evaluate((element: HTMLCanvasElement) => {
      const data = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data
      const pixels = new Uint32Array(data?.buffer ?? new ArrayBuffer(0))
      return { pixels: pixels.filter((pixel) => pixel !== pixels[0]).length, colours: new Set(pixels).size }
    })

/** The last trade that a venue sent. */
const lastTrade = (controls: Controls) => {
  const sent = controls.log().findLast((entry) => entry.type === 'sent' && entry.text.includes('@trade'))
  return sent?.type === 'sent' ? (JSON.parse(sent.text) as { data: { p: string; q: string } }).data : undefined
}

inBrowser('draws every pane, shows what the venue has, and needs nothing from elsewhere', async () => {
  const { controls, places } = await simulated({ venue: asterFutures })
  const { page, wrong } = await opened(await served('asterFutures', ...places))
  await synced(page)
  await page.locator('#tape tbody tr').nth(20).waitFor()
  controls.halt()
  const last = lastTrade(controls)
  const book = controls.book('BTCUSDT', 12)
  const [bids, asks] = [[...(book?.bids ?? [])], [...(book?.asks ?? [])]]
  await page.locator('#ladder tr.bid', { hasText: bids[11]?.[0] ?? '' }).waitFor()
  await page.locator('#tape tbody tr:first-child', { hasText: `${last?.p ?? ''}${last?.q ?? ''}` }).waitFor()

  const levels = (rows: readonly (readonly string[])[]) => rows.map(([price, quantity]) => [price, quantity])
  const shown = await cells(page, '#ladder tr.bid')
  expect(levels(shown)).toEqual(bids)
  expect(levels(await cells(page, '#ladder tr.ask')).toReversed()).toEqual(asks)
  expect(Number(shown.at(-1)?.[2])).toBeCloseTo(
    bids.reduce((sum, [, quantity]) => sum + Number(quantity), 0),
    9,
  )
  for (const canvas of ['#candles canvas', '#heat canvas', '#ladder canvas']) {
    const { pixels, colours } = await drawn(page, canvas)
    expect(pixels).toBeGreaterThan(300)
    expect(colours).toBeGreaterThan(3)
  }
  expect(wrong).toEqual([])
})

inBrowser('keys choose the market, the interval, the theme and the pane, and list themselves', async () => {
  const { page, wrong } = await opened(await served('asterFutures', '--simulated', '--symbols', 'btcusdt,ethusdt'))
  await synced(page)
  const pressed = () => page.locator('[aria-pressed="true"]').allTextContents()
  expect(await pressed()).toEqual(['BTCUSDT', '1s'])
  await page.keyboard.press('n')
  await page.keyboard.press('i')
  expect(await pressed()).toEqual(['ETHUSDT', '1m'])
  expect(await page.title()).toBe('ETHUSDT · asterFutures · aster-rx')
  const background = () => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
  const dark = await background()
  await page.keyboard.press('t')
  expect(await background()).not.toBe(dark)
  await page.keyboard.press('3')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('ladder')
  await page.keyboard.press('?')
  expect(await page.locator('dialog').innerText()).toContain('Leave out an update')
  await page.keyboard.press('Escape')
  expect(await page.locator('dialog').isVisible()).toBe(false)
  expect(wrong).toEqual([])
})

inBrowser('is as narrow as a phone without scrolling to the side', async () => {
  const { page, wrong } = await opened(await served('asterFutures', '--simulated'), { width: 360, height: 740 })
  await synced(page)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  await page.locator('#tape tbody tr').nth(5).waitFor()
  for (const pane of await page.locator('.pane').all()) expect((await pane.boundingBox())?.width).toBeGreaterThan(320)
  expect(wrong).toEqual([])
})

/** What the ladder shows, from now on, as it is drawn: a line for each of its rows, from top to bottom. */
const recordLadders = (page: Page) =>
  page.locator('#ladder tbody').evaluate((body) => {
    const ladders: string[] = []
    Object.assign(window, { ladders })
    const row = ({ className, children }: Element) =>
      [className, ...[...children].slice(0, 2).map((cell) => cell.textContent)].join(' ')
    const look = () =>
      ladders.push(
        [...body.children]
          .filter(({ className }) => className !== 'middle')
          .map(row)
          .join('\n'),
      )
    new MutationObserver(look).observe(body, { subtree: true, childList: true, characterData: true })
  })

inBrowser('every book that is drawn of a recording is one that its file makes, in order, up to the last', async () => {
  const until = 1_723_161_690_000
  const books = recordedBooks(recording, until, 12).map(({ bids, asks }) =>
    [...asks.toReversed().map((level) => ['ask', ...level]), ...bids.map((level) => ['bid', ...level])]
      .map((row) => row.join(' '))
      .join('\n'),
  )
  const { page, wrong } = await opened(await served(recording, '--speed', '20', '--to', String(until)))
  await page.locator('#ladder tbody').waitFor()
  await recordLadders(page)
  await page.waitForFunction(
    (last) => (Reflect.get(window, 'ladders') as readonly string[]).at(-1) === last,
    books.at(-1),
  )
  const drawn = (await page.evaluate(() => Reflect.get(window, 'ladders') as readonly string[])).filter((text) =>
    /\d/.test(text),
  )
  const places = drawn.map((ladder) => books.indexOf(ladder))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  // A busy machine draws few of them.
  expect(new Set(places).size).toBeGreaterThan(1)

  expect(await page.locator('header').innerText()).toContain('asterFutures · recorded')
  expect(await page.locator('#controls').count()).toBe(0)
  expect(await page.locator('#tape tbody tr').count()).toBe(60)
  expect(await page.locator('dd[data-name="wrong frames"]').textContent()).toBe('0')
  expect(wrong).toEqual([])
})

// `npm run screenshots`
if ('screenshots' in globalThis)
  inBrowser('takes the pictures of the README', async () => {
    const { page } = await opened(await served('asterFutures', '--simulated', '--symbols', 'btcusdt,ethusdt'))
    const picture = (name: string) =>
      page.screenshot({ path: join(__dirname, `../../../docs/images/${name}.png`), fullPage: true })
    await synced(page)
    // The panes fill, and a silence lasts longer than a cut.
    await page.waitForTimeout(25_000)
    await page.keyboard.press('s')
    await logged(page, 'asterFutures-2: connected')
    await page.waitForTimeout(30_000)
    await page.keyboard.press('x')
    await logged(page, 'asterFutures-3: connected')
    await page.waitForTimeout(5_000)
    await picture('dashboard')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.waitForTimeout(1_000)
    await picture('dashboard-narrow')
  })
