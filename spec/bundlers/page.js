import { binanceSpot, createClient, frame, syncDepth, webSocketTransport, websocketCommunicator } from 'aster-rx/core'
import { of } from 'rxjs'

/** A page of a recording of two updates, and a live one that has a socket of its own and never connects. */
const update = (U, u, bid) =>
  frame(
    JSON.stringify({
      stream: 'btcusdt@depth@100ms',
      data: { e: 'depthUpdate', E: u, s: 'BTCUSDT', U, u, b: [[bid, '1']], a: [['9.00', '1']] },
    }),
    u,
  )
const client = createClient({
  venue: binanceSpot,
  communicator: () => of(update(10, 12, '4.00'), update(13, 15, '5.00')),
  onNotice: () => undefined,
})
const said = []
client
  .stream('btcusdt@depth@100ms')
  .pipe(
    syncDepth({
      rule: binanceSpot.depthRule,
      snapshot: () => of({ lastUpdateId: 11, bids: [['3.00', '1']], asks: [] }),
    }),
  )
  .subscribe((state) => state._tag === 'Synced' && said.push(state.top.bid.price))
client.connect()

const opened = []
class Socket {
  constructor(url) {
    opened.push(url)
  }
  addEventListener() {}
  close() {}
}
const transport = webSocketTransport({ WebSocket: Socket })
const live = createClient({ venue: binanceSpot, communicator: websocketCommunicator(binanceSpot, { transport }) })
live.stream('btcusdt@trade').subscribe()
live.connect().unsubscribe()

globalThis.said = [...said, ...opened].join(' ')
