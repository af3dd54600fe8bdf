import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { crc32, createGunzip, createInflateRaw, deflateRawSync, gzipSync } from 'node:zlib'
import { NEVER } from 'rxjs'
import { binanceSpot, createClient, frame, parse, replayCommunicator } from 'aster-rx'
import { rounds, type Task } from './rounds.js'
import type { Table } from './table.js'

/** So many rows make about 40 MB, as half a busy day of one market has. */
const ROWS = 500_000

const NAME = 'BTCUSDT-aggTrades-2024-08-08'
const START = 1_723_075_200_000

/** Aggregate trades as Binance publishes them, the same in every run. */
const rows = (): string => {
  let [price, seed] = [6_168_600, 1]
  const random = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most
  return Array.from({ length: ROWS }, (_, i) => {
    price += random(41) - 20
    const [first, quantity] = [3_735_683_335 + 2 * i, (random(1_000_000) / 1e5).toFixed(8)]
    const cells = [
      3_071_234_567 + i,
      `${(price / 100).toFixed(2)}000000`,
      quantity,
      first,
      first + random(2),
      START + 17 * i,
    ]
    return `${cells.join()},${random(2) === 0 ? 'True' : 'False'},True\n`
  }).join('')
}

/** An archive of one file, with a directory that says no more than where it ends. */
const zipOf = (content: Buffer): Buffer => {
  const packed = deflateRawSync(content)
  const header = Buffer.alloc(30)
  header.write('PK\x03\x04', 'latin1')
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(crc32(content), 14)
  header.writeUInt32LE(packed.length, 18)
  header.writeUInt32LE(content.length, 22)
  header.writeUInt16LE(NAME.length + 4, 26)
  return Buffer.concat([
    header,
    Buffer.from(`${NAME}.csv`),
    packed,
    Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1'),
  ])
}

const read = parse(binanceSpot)

/** What a program of a few lines does: each line of a file through the codecs, nothing checked and nothing merged. */
const byLines =
  (open: () => Readable): Task =>
  () =>
  async () => {
    let events = 0
    for await (const line of createInterface({ input: open() })) {
      const [a, p, q, f, l, time, m] = line.split(',')
      const text = `{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":${time},"s":"BTCUSDT","a":${a},"p":"${p}","q":"${q}","f":${f},"l":${l},"T":${time},"m":${m === 'True'}}}`
      if (read(frame(text, Number(time)))._tag === 'Right') events++
    }
    if (events !== ROWS) throw new Error(`${events} of ${ROWS} came`)
  }

/** The same file in a client, with a listener. */
const byReplay =
  (files: string): Task =>
  () =>
  () =>
    new Promise((resolve, reject) => {
      const communicator = replayCommunicator({ files, drain: 0 })
      const client = createClient({ venue: binanceSpot, communicator, onNotice: () => undefined })
      let events = 0
      client.aggTrade$.subscribe({
        next: () => events++,
        error: reject,
        complete: () => (events === ROWS ? resolve() : reject(new Error(`${events} of ${ROWS} came`))),
      })
      client.connect()
    })

/** The frames alone, as a conversion takes them. */
const byFrames =
  (files: string): Task =>
  () =>
  () =>
    new Promise((resolve, reject) => {
      replayCommunicator({ files, drain: 0 })(NEVER).subscribe({ error: reject, complete: resolve })
    })

/** A day of public data, plain and packed, beside a plain line reader of the same files. */
export const files = async (count: number): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const paths = {
    plain: join(folder, `${NAME}.csv`),
    zip: join(folder, `${NAME}.zip`),
    gzip: join(folder, `${NAME}.csv.gz`),
  }
  const content = Buffer.from(rows())
  writeFileSync(paths.plain, content)
  writeFileSync(paths.zip, zipOf(content))
  writeFileSync(paths.gzip, gzipSync(content))
  const packedFrom = 30 + NAME.length + 4
  const tasks: readonly (readonly [name: string, base: string, task: Task])[] = [
    ['line reader, plain', 'line reader, plain', byLines(() => createReadStream(paths.plain))],
    [
      'line reader, zip',
      'line reader, zip',
      byLines(() => createReadStream(paths.zip, { start: packedFrom }).pipe(createInflateRaw())),
    ],
    ['line reader, gzip', 'line reader, gzip', byLines(() => createReadStream(paths.gzip).pipe(createGunzip()))],
    ['client, plain', 'line reader, plain', byReplay(paths.plain)],
    ['client, zip', 'line reader, zip', byReplay(paths.zip)],
    ['client, gzip', 'line reader, gzip', byReplay(paths.gzip)],
    ['frames alone, zip', 'line reader, zip', byFrames(paths.zip)],
  ]
  const spent = await rounds(count, ...tasks.map(([, , task]) => task))
  const cpuOf = (name: string) => spent[tasks.findIndex(([other]) => other === name)]?.cpu ?? NaN
  const { size } = statSync(paths.plain)
  rmSync(folder, { recursive: true })
  return Object.fromEntries(
    tasks.map(([name, base]) => {
      const cpu = cpuOf(name)
      return [name, { 'k rows/s': ROWS / cpu, 'MB/s': size / cpu / 1_000, '× the line reader': cpuOf(base) / cpu }]
    }),
  )
}
