import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { lastValueFrom } from 'rxjs'
import { createClient } from '../../lib/client/createClient.js'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { DerivedKline } from '../../lib/operators/DerivedKline.js'
import { klines } from '../../lib/operators/klines.js'
import { binanceSpot } from '../../lib/venues/binanceSpot.js'
import { shared } from '../helpers/shared.js'

const path = shared('recordings/binance-spot-btcusdt-20240808.txt.gz')
const testRecording = path === undefined ? test.skip : test

/** How many trades each second has, by its first digits in the text of the recording. */
const tradesBySecond = (file: string): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>()
  for (const [, second = ''] of gunzipSync(readFileSync(file))
    .toString()
    .matchAll(/"e":"trade".*?"T":(\d{10})\d{3}\D/g))
    counts.set(Number(second) * 1_000, (counts.get(Number(second) * 1_000) ?? 0) + 1)
  return counts
}

testRecording(
  'F57 F59 a real recording (../shared/recordings) by a clock that was 1.27 s behind: each second has its trades, and only the first and the last may lack some',
  async () => {
    const communicator = replayCommunicator({ files: path ?? '', timestamps: 'ns' })
    const client = createClient({ venue: binanceSpot, communicator })
    const last = new Map<number, DerivedKline>()
    client.trade$.pipe(klines({ interval: '1s', client })).subscribe((bar) => last.set(bar.openTime, bar))
    client.connect()
    await lastValueFrom(client.status$, { defaultValue: undefined })
    const bars = [...last.values()]
    expect(new Map(bars.map(({ openTime, tradeCount }) => [openTime, tradeCount]))).toEqual(tradesBySecond(path ?? ''))
    expect(bars.filter(({ isClosed, lateTrades, leftOut }) => !isClosed || lateTrades + leftOut > 0)).toEqual([])
    expect(bars.flatMap(({ isComplete }, i) => (isComplete ? [] : [i]))).toEqual([0, bars.length - 1])
    // What the recording's own description says of its clock.
    expect((client.venueClock.offset() ?? NaN) / 1_000).toBeCloseTo(1.27, 1)
  },
)
