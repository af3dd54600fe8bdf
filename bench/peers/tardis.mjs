import { normalizeBookChanges, normalizeBookTickers, normalizeTrades, OrderBook } from 'tardis-dev'

/** The texts as its own recordings have them: snapshots as a stream, and every stream by the symbol of its events. */
export const asRecorded = (texts) => {
  const symbol = texts
    .flatMap((text) => /"s":"(\w+)"/.exec(text)?.[1] ?? [])
    .at(0)
    ?.toLowerCase()
  return texts.map((text) =>
    text.startsWith('{"lastUpdateId"')
      ? `{"stream":"${symbol}@depthSnapshot","generated":true,"data":${text}}`
      : text.replace('"stream":"btcusdt@', `"stream":"${symbol}@`),
  )
}

/** Its normalisers, and its book; each frame has its time as a `Date`, as in its replays. */
export const tardis = ({ venue, texts }, withBook) => {
  const exchange = venue.name === 'binanceSpot' ? 'binance' : 'binance-futures'
  const recorded = asRecorded(texts)
  return () => {
    const mappers = [normalizeTrades, normalizeBookTickers, normalizeBookChanges].map((normalize) =>
      normalize(exchange, new Date(0)),
    )
    const book = new OrderBook()
    let [events, tops] = [0, 0]
    return () => {
      for (let i = 0; i < recorded.length; i++) {
        const message = JSON.parse(recorded[i])
        const at = new Date(i)
        for (const mapper of mappers) {
          if (!mapper.canHandle(message)) continue
          for (const event of mapper.map(message, at)) {
            events++
            if (!withBook || event.type !== 'book_change') continue
            book.update(event)
            if (book.bestBid() !== undefined && book.bestAsk() !== undefined) tops++
          }
        }
      }
      if (events === 0 || (withBook && tops === 0)) throw new Error(`tardis-dev: ${events} events, ${tops} books`)
    }
  }
}
