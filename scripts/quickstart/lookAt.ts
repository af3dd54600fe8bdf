import { chromium } from 'playwright-core'
import { browserPath } from '../browser.js'

const LONGEST = 30_000
/** So many lines of a console are enough. */
const ENOUGH = 30

/** Opens a page in Chromium, and gives what its console says until that is right; errors of the page are said, too. */
export const lookAt = async (address: string, says: RegExp): Promise<string> => {
  const executablePath = browserPath()
  if (executablePath === undefined) throw new Error('no Chromium on the PATH, and none could be installed')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  try {
    const page = await browser.newPage()
    const lines: string[] = []
    const text = () => lines.map((line) => `${line}\n`).join('')
    const isEnough = new Promise<void>((resolve) => {
      const add = (line: string) => {
        lines.push(line)
        if (lines.length >= ENOUGH || says.test(text())) resolve()
      }
      page.on('console', (message) => message.type() === 'debug' || add(message.text()))
      page.on('pageerror', (error) => add(error.message))
      setTimeout(resolve, LONGEST)
    })
    await page.goto(address)
    await isEnough
    return text()
  } finally {
    await browser.close()
  }
}
