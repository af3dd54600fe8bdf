import {
  accountCommunicator,
  asterFutures,
  createClient,
  createRest,
  hmacSigner,
  mergeCommunicators,
  orders,
  websocketCommunicator,
} from 'aster-rx'
import {
  queueFills,
  seeded,
  simulate,
  startVenue,
  touchFills,
  tradeThroughFills,
  type FillModel,
} from 'aster-rx/simulation'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom, takeUntil, timer, toArray } from 'rxjs'
import { quote, type Row } from './quote.js'
import { csv, equityCurve } from './report.js'

const account = { apiKey: 'key', secret: 'secret' }

/** Over a recording: what took minutes takes a moment, and give the same orders and fills each time. */
const overRecording = async (files: string, fills: FillModel): Promise<readonly Row[]> => {
  const { transport, fetch, scheduler, finish, close } = simulate({
    ...{ venue: asterFutures, accounts: [account], latency: 20, recording: { files, fills } },
  })
  const random = seeded(1)
  const rest = createRest({
    venue: asterFutures,
    fetch,
    scheduler,
    random,
    signer: hmacSigner({ venue: asterFutures, ...account }),
  })
  const config = { transport, scheduler, random, rest: { fetch, scheduler, random } }
  const client = createClient({
    venue: asterFutures,
    communicator: mergeCommunicators(
      websocketCommunicator(asterFutures, config),
      accountCommunicator(asterFutures, account, config),
    ),
    scheduler,
  })
  const rows: Row[] = []
  quote(client, orders(rest, { client, random })).subscribe((row) => rows.push(row))
  const connection = client.connect()
  await finish()
  connection.unsubscribe()
  await close()
  return rows
}

/** Against a venue over sockets, in real time. */
const overSockets = async (ms: number): Promise<readonly Row[]> => {
  const { addresses, controls, close } = await startVenue({ venue: asterFutures, seed: 7, accounts: [account] })
  const endpoints = { endpoint: addresses.websocket, rest: { endpoint: addresses.rest } }
  const signer = hmacSigner({ venue: asterFutures, ...account })
  const client = createClient({
    venue: asterFutures,
    communicator: mergeCommunicators(
      websocketCommunicator(asterFutures, endpoints),
      accountCommunicator(asterFutures, account, endpoints),
    ),
  })
  const rest = createRest({ venue: asterFutures, endpoint: addresses.rest, signer })
  const rows = lastValueFrom(quote(client, orders(rest, { client })).pipe(takeUntil(timer(ms)), toArray()))
  const connection = client.connect()
  controls.run()
  const all = await rows
  connection.unsubscribe()
  await close()
  return all
}

const file = 'samples/recordings/asterFutures-btcusdt.txt.gz'
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
const curves = {
  touch: await overRecording(file, touchFills),
  queue: await overRecording(file, queueFills),
  tradeThrough: await overRecording(file, tradeThroughFills),
}
const sockets = await overSockets(5_000)
for (const [name, rows] of Object.entries({ ...curves, sockets })) {
  writeFileSync(join(folder, `${name}.csv`), csv(rows))
  console.log(
    name,
    `${rows.length} seconds, position ${rows.at(-1)?.position.toFixed(3)}, PnL ${rows.at(-1)?.pnl.toFixed(2)}`,
  )
}
writeFileSync(join(folder, 'equity.svg'), equityCurve(curves))
console.log(join(folder, 'equity.svg'))
