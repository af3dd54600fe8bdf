import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, createGunzip, gzipSync } from 'node:zlib'
import { normalizeBookChanges, normalizeBookTickers, normalizeTrades, OrderBook } from 'tardis-dev'
import * as splitting from 'tardis-dev/splitting'
import { asRecorded } from './tardis.mjs'

const CHUNK = 256 * 1024
const GZIP = { chunkSize: CHUNK, flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const TIME = 28

/** A file as it keeps them: `2023-11-14T22:13:20.0000000Z {…}`. */
export const tardisRecording = ({ texts }) => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  const path = join(folder, 'all.json.gz')
  const time = (i) => new Date(1_700_000_000_000 + i).toISOString().replace('Z', '0000Z')
  writeFileSync(
    path,
    gzipSync(
      asRecorded(texts)
        .map((text, i) => `${time(i)} ${text}\n`)
        .join(''),
    ),
  )
  return { path, remove: () => rmSync(folder, { recursive: true }) }
}

/** The lines of a file, in batches, by the streams that its replay is made of. */
async function* batches(path) {
  const Split = splitting.BinarySplitBatchStream ?? splitting.BinarySplitStream
  const lines = createReadStream(path, { highWaterMark: CHUNK }).pipe(createGunzip(GZIP)).pipe(new Split())
  for await (const batch of lines) yield Array.isArray(batch) ? batch : [batch]
}

/** What its replay does with each line, one event at a time to whoever iterates. */
async function* events(path, exchange) {
  const mappers = [normalizeTrades, normalizeBookTickers, normalizeBookChanges].map((normalize) =>
    normalize(exchange, new Date(0)),
  )
  for await (const lines of batches(path)) {
    const messages = lines.map((line) => ({
      at: new Date(line.toString('latin1', 0, TIME)),
      message: JSON.parse(line.toString('utf8', TIME + 1)),
    }))
    for (const { at, message } of messages)
      for (const mapper of mappers) if (mapper.canHandle(message)) yield* mapper.map(message, at)
  }
}

/** Its reading of a file of its own, with its book. The part of its replay that asks its servers is left out. */
export const tardisFile =
  ({ venue }, path) =>
  () =>
  async () => {
    const book = new OrderBook()
    let tops = 0
    for await (const event of events(path, venue.name === 'binanceSpot' ? 'binance' : 'binance-futures')) {
      if (event.type !== 'book_change') continue
      book.update(event)
      if (book.bestBid() !== undefined && book.bestAsk() !== undefined) tops++
    }
    if (tops === 0) throw new Error('tardis-dev: no book')
  }
