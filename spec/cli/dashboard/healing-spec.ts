import type { Page } from 'playwright-core'
import { inBrowser, opened } from './inBrowser.js'
import { logged, served, synced } from './servedPage.js'

/** The states of the book that is shown, from now on, as they are drawn. */
const recordStates = (page: Page) =>
  page.locator('#ladder').evaluate((ladder) => {
    const seen = [ladder.dataset['state'] ?? '']
    Object.assign(window, { seen })
    new MutationObserver(() => seen.push(ladder.dataset['state'] ?? '')).observe(ladder, {
      attributeFilter: ['data-state'],
    })
  })
const states = (page: Page) => page.evaluate(() => Reflect.get(window, 'seen') as readonly string[])

/** The states of the book, one after the other. */
const passed = async (page: Page) => (await states(page)).filter((state, i, all) => state !== all[i - 1])

const lost = (page: Page, text: string) => page.locator('dd[data-name="books lost"]', { hasText: text }).waitFor()

/** The book is read, and what came last is not old. */
const fresh = (page: Page) => page.locator('dd[data-name="book of BTCUSDT"]', { hasText: 'synced, 0.' }).waitFor()

/** The page of a simulated venue whose book has been seen, and the states that it is in from now on. */
const unbroken = async () => {
  const { page, wrong } = await opened(await served('asterFutures', '--simulated'))
  await synced(page)
  await logged(page, 'asterFutures-account-1: connected')
  await recordStates(page)
  return { page, wrong }
}

inBrowser('connections that are cut are seen to be lost, and the book healed', async () => {
  const { page, wrong } = await unbroken()
  await page.locator('button', { hasText: 'Cut the connections' }).click()
  await lost(page, '1 × reset')
  await synced(page)
  await fresh(page)
  expect(await passed(page)).toEqual(['Synced', 'Syncing', 'Synced'])
  for (const text of ['by you: Cut the connections', 'asterFutures-1: connection lost', 'asterFutures-2: connected'])
    await logged(page, text)
  await logged(page, 'asterFutures-account-2: connected')
  expect(wrong).toEqual([])
})

inBrowser('an update that is left out is seen to be missing, and the book healed', async () => {
  const { page, wrong } = await unbroken()
  await page.keyboard.press('g')
  await lost(page, '1 × gap')
  await synced(page)
  await fresh(page)
  expect((await passed(page)).at(-1)).toBe('Synced')
  expect(wrong).toEqual([])
})

inBrowser('a feed that falls silent is seen to be stale, given up, and the book healed', async () => {
  const { page, wrong } = await unbroken()
  await page.keyboard.press('s')
  await page.locator('#ladder[data-state="Stale"]').waitFor()
  await lost(page, '1 × reset')
  await synced(page)
  await fresh(page)
  expect(await passed(page)).toEqual(['Synced', 'Stale', 'Syncing', 'Synced'])
  await logged(page, 'by you: Fall silent')
  await logged(page, 'asterFutures-2: connected')
  await logged(page, 'asterFutures-account-2: connected')
  expect(wrong).toEqual([])
})

inBrowser('books that are muted are asked for anew, and healed', async () => {
  const { page, wrong } = await unbroken()
  await page.keyboard.press('m')
  await logged(page, 'nothing came on btcusdt@depth@100ms')
  await synced(page)
  await fresh(page)
  expect(wrong).toEqual([])
})

inBrowser('a listen key that expires is replaced, and the book is not touched', async () => {
  const { page, wrong } = await unbroken()
  await page.keyboard.press('e')
  await logged(page, 'the listen key has expired')
  await logged(page, 'asterFutures-account-2: connected')
  expect(await passed(page)).toEqual(['Synced'])
  expect(await page.locator('dd[data-name="books lost"]').textContent()).toBe('0')
  expect(wrong).toEqual([])
})
