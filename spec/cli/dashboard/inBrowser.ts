import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { browserPath } from '../../../scripts/browser.js'
import { buildPage } from '../../../scripts/package/buildPage.js'

const executablePath = browserPath()

const NONE = 'no Chromium on the PATH, and none could be installed'

/** A test that needs a browser. Where there is none it says so and is skipped, but on a CI, where it fails. */
export const inBrowser: (name: string, run: () => Promise<void>) => void =
  executablePath !== undefined
    ? (name, run) => test(name, run)
    : process.env['CI'] === 'true'
      ? (name) => test(name, () => Promise.reject(new Error(NONE)))
      : (name) => test.skip(`${name} (${NONE})`, () => undefined)

const args = [
  ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

/** The folder of a package that holds the page alone. */
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-page-'))
export const packageRoot = pathToFileURL(join(folder, '/'))

let browser: Browser | undefined
const open = new Set<Page>()

beforeAll(async () => {
  if (executablePath === undefined) return
  await buildPage(join(folder, 'dist/dashboard'))
  browser = await chromium.launch({ executablePath, args })
})
afterEach(async () => {
  for (const page of open) await page.close()
  open.clear()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A page, and what went wrong with it: errors, what its policy forbade, and requests to other hosts. */
export const opened = async (address: string, size = { width: 1400, height: 900 }) => {
  if (browser === undefined) throw new Error(NONE)
  const wrong: string[] = []
  const page = await browser.newPage({ viewport: size, colorScheme: 'dark' })
  open.add(page)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) wrong.push(request.url())
  })
  await page.goto(address)
  return { page, wrong }
}
