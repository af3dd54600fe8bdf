import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { browserPath } from '../browser.js'

/** A page that has a service worker, and nothing else. */
const page = `<!doctype html><script>navigator.serviceWorker.register('worker.js' + location.search)</script>`
const worker = `importScripts(new URL(location).searchParams.get('bundle'))`

/** Loads each bundle of a folder as a service worker in Chromium, and gives what it has left in \`said\`. */
export const saidByServiceWorkers = async (folder: string, bundles: readonly string[]): Promise<readonly string[]> => {
  const executablePath = browserPath()
  if (executablePath === undefined) throw new Error('no Chromium on the PATH, and none could be installed')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const script = async () => (pathname === '/worker.js' ? worker : await readFile(join(folder, pathname), 'utf8'))
    const answer = (type: string, body: string) => response.writeHead(200, { 'Content-Type': type }).end(body)
    if (pathname === '/') return answer('text/html', page)
    script().then(
      (text) => answer('text/javascript', text),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // It listens on a port.
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  try {
    const said: string[] = []
    for (const bundle of bundles) {
      const context = await browser.newContext()
      const registered = context.waitForEvent('serviceworker')
      const opened = await context.newPage()
      await opened.goto(`http://127.0.0.1:${port}/?bundle=${bundle}`)
      const running = await registered
      await opened.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
      said.push(String(await running.evaluate('said')))
      await context.close()
    }
    return said
  } finally {
    await browser.close()
    server.close()
  }
}
