import { firstValueFrom, Subject } from 'rxjs'
import type { Page } from 'playwright-core'
import type { EndSignal } from '../../../lib/cli/Host.js'
import { objects, runProgram } from '../runProgram.js'
import { packageRoot } from './inBrowser.js'

const running = new Set<Subject<EndSignal>>()
const ended: Promise<number>[] = []
afterEach(async () => {
  for (const signal$ of running) signal$.next('SIGTERM')
  running.clear()
  await Promise.all(ended.splice(0))
})

/** The program; gives the address of its page. */
export const served = async (...args: readonly string[]): Promise<string> => {
  const signal$ = new Subject<EndSignal>()
  const { out, err, code } = runProgram(['dashboard', ...args, '--json'], { signal$, root: packageRoot })
  running.add(signal$)
  ended.push(code)
  const text = await Promise.race([firstValueFrom(out.text$), code.then(() => err.text())])
  const [{ page = text } = {}] = objects(text)
  return String(page)
}

/** The book of the market that is looked at can be read. */
export const synced = (page: Page) => page.locator('#ladder[data-state="Synced"]').waitFor()

/** The log holds a line with this text. */
export const logged = (page: Page, text: string) => page.locator('#log li', { hasText: text }).first().waitFor()
