import { createHash } from 'node:crypto'
import { queueFills, simulate, touchFills, tradeThroughFills, type FillModel } from '../../../lib/simulation/index.js'
import { binanceFutures } from '../../../lib/venues/binanceFutures.js'
import { shared } from '../../helpers/shared.js'

const file = shared('recordings/binance-usdm-btcusdt-20240808.txt.gz')

/** A bid of the smallest size at the best price each second, cancelled a second later. */
const bids = async (files: string, fills: FillModel) => {
  const { controls, scheduler, finish, pass, unsynced, close } = simulate({
    venue: binanceFutures,
    recording: { files, timestamps: 'ns', fills },
  })
  const own = controls.account('mine')
  let placed = 0
  const place = () => {
    const [best] = controls.book('BTCUSDT', 1)?.bids ?? []
    if (best === undefined) return
    placed += 1
    const { orderId } = own.place({ symbol: 'BTCUSDT', side: 'BUY', quantity: '0.001', price: best[0] })
    scheduler.schedule(() => {
      if (own.orders().some((order) => order.orderId === orderId && order.status === 'NEW'))
        own.cancel('BTCUSDT', orderId)
    }, 1_000)
  }
  const each = scheduler.schedule(function () {
    place()
    this.schedule(undefined, 1_000)
  }, 1_000)
  await finish()
  await pass(59_000)
  each.unsubscribe()
  const orders = own.orders()
  await close()
  const filled = orders.filter(({ status }) => status === 'FILLED').length
  return {
    placed,
    filled,
    unsynced: unsynced().length,
    hash: createHash('sha256').update(JSON.stringify(orders)).digest('hex'),
  }
}

const recording = file === undefined ? test.skip : test

recording(
  '404 bids of a second on Binance’s USD-M futures, by the three models, twice the same',
  async () => {
    const all = []
    for (const model of [touchFills, queueFills, tradeThroughFills, queueFills]) all.push(await bids(file ?? '', model))
    expect(all.map(({ placed, unsynced }) => [placed, unsynced])).toEqual([
      [404, 1],
      [404, 1],
      [404, 1],
      [404, 1],
    ])
    expect(all.map(({ filled }) => filled)).toEqual([317, 115, 105, 115])
    expect(all[3]?.hash).toBe(all[1]?.hash)
  },
  120_000,
)
