import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'

const root = join(__dirname, '..')

/** What a page does: it has a transport of its own, and of a host nothing but the language. */
const page = `
  import { of } from 'rxjs'
  import { asterFutures, createClient, frame, parse, syncDepth } from './lib/index.js'

  const update = (U, u, pu, bid) => frame(JSON.stringify({ stream: 'btcusdt@depth@100ms', data:
    { e: 'depthUpdate', E: u, T: u, s: 'BTCUSDT', U, u, pu, b: [[bid, '1']], a: [['9.00', '1']] } }), u)
  const frames = [update(10, 12, 9, '4.00'), update(13, 15, 12, '5.00')]
  const client = createClient({ venue: asterFutures, communicator: () => of(...frames), onNotice: () => undefined })
  const said = [parse(asterFutures)(frames[0])._tag]
  const snapshot = () => of({ lastUpdateId: 11, bids: [['3.00', '1']], asks: [] })
  client.stream('btcusdt@depth@100ms')
    .pipe(syncDepth({ rule: asterFutures.depthRule, snapshot }))
    .subscribe((state) => state._tag === 'Synced' && said.push(state.top.bid.price))
  client.connect()
  globalThis.said = said
`

test('F82 a client, its parser and its books need nothing of Node, and of a host only the language', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: page, resolveDir: root },
    ...{
      absWorkingDir: root,
      bundle: true,
      format: 'iife',
      platform: 'browser',
      external: ['node:*', 'ws', 'tinyglobby'],
    },
    ...{ write: false, metafile: true, tsconfigRaw: '{}', logLevel: 'error' },
  })
  const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(left).toEqual([])
  const host = createContext({})
  runInContext(outputFiles[0]?.text ?? '', host)
  expect(runInContext('said.join()', host)).toBe('Right,4.00,5.00')
})
