import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { filter, firstValueFrom, map, ReplaySubject } from 'rxjs'
import * as core from '../lib/core.js'
import * as main from '../lib/index.js'
import { simulate, startVenue } from '../lib/simulation/index.js'
import { bundled } from './helpers/bundled.js'

const { asterFutures, bingxSpot } = main
const root = join(__dirname, '..')
const program = bundled('spec/core/program.ts')

/** The wallet of the smallest key that there is: nobody's. */
const wallet = { user: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf', privateKey: `0x${'1'.padStart(64, '0')}` }
const secret = { apiKey: 'key', secret: 'secret' }

test('aster-rx/core is aster-rx without files, and shares all but the sockets', () => {
  const names = Object.keys(main).toSorted()
  expect(names.filter((name) => !(name in core))).toEqual([
    ...['formatNames', 'record', 'replayCommunicator', 'replayTogether', 'reportText', 'verify'],
  ])
  expect(Object.keys(core).filter((name) => !(name in main))).toEqual([])
  const own = names.filter((name) => name in core && Reflect.get(core, name) !== Reflect.get(main, name))
  expect(own).toEqual(['accountCommunicator', 'websocketCommunicator'])
})

test('F09 a venue answers what stands for PINGs where sockets have none', async () => {
  const { transport, fetch, scheduler, pass, close } = simulate({ venue: asterFutures, seed: 7 })
  const communicator = core.websocketCommunicator(asterFutures, {
    ...{ transport: (url) => ({ ...transport(url), hasPings: false }), scheduler, rest: { fetch, scheduler } },
  })
  const client = core.createClient({ venue: asterFutures, communicator, scheduler })
  const told: string[] = []
  client.stream('btcusdt@forceOrder').subscribe()
  client.status$.subscribe(({ _tag }) => told.push(_tag))
  const connection = client.connect()
  await pass(600_000)
  expect(told).toEqual(['Connecting', 'Connected', 'Acknowledged'])
  connection.unsubscribe()
  await close()
})

test('a page without anything of Node, nor generated code: a market, a book, accounts by wallet and by secret, a cut and its healing', async () => {
  const { outputFiles, warnings, metafile } = await build({
    entryPoints: ['spec/core/page.ts'],
    ...{ absWorkingDir: root, bundle: true, format: 'iife', platform: 'browser' },
    ...{ write: false, metafile: true, logLevel: 'silent' },
  })
  expect(warnings).toEqual([])
  expect(Object.keys(metafile.inputs).filter((input) => input.includes('node_modules/ws/'))).toEqual([])
  const file = join(dirname(program), 'page.js')
  writeFileSync(file, outputFiles[0]?.text ?? '')

  const futures = await startVenue({ venue: asterFutures, seed: 7, pause: 5, accounts: [{ signer: wallet.user }] })
  const spot = await startVenue({ venue: bingxSpot, seed: 7, accounts: [secret] })
  const given = JSON.stringify({ futures: futures.addresses, spot: spot.addresses, wallet, secret })
  // Node 20 has a WebSocket of its own, too, where it is asked for.
  const child = spawn(process.execPath, ['--experimental-websocket', '--no-warnings', program, file, given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said$ = new ReplaySubject<string>(Infinity)
  createInterface(child.stdout)
    .on('line', (line) => said$.next(line))
    .on('close', () => said$.complete())
  const lines: string[] = []
  said$.subscribe((line) => lines.push(line))
  /** Where it said this first, from a place on. */
  const said = (line: string, from = 0) =>
    firstValueFrom(
      said$.pipe(
        map((one, i) => (one === line ? i : -1)),
        filter((i) => i >= from),
      ),
    )
  futures.controls.run()

  await Promise.all(['trade with a price', 'book Synced', 'order FILLED 0.010'].map((line) => said(line)))
  await said('Acknowledged bingxSpot-account')
  spot.controls.account().place({ symbol: 'BTC-USDT', side: 'BUY', quantity: '0.010' })
  await said('report FILLED')
  const before = lines.length
  futures.controls.disconnect(1006)
  const lost = await said('Disconnected asterFutures', before)
  const back = await said('Connected asterFutures', lost)
  await said('book Synced', back)
  child.stdin.end()
  expect(await once(child, 'close')).toEqual([0, null])
  expect(lines.filter((line) => /parse error|refused/.test(line))).toEqual([])
  expect(lines.at(-1)).toBe(', timers: 0')
  await futures.close()
  await spot.close()
})
