import Beautifier from 'binance/lib/util/beautifier.js'

/** Its beautifier, which names the fields and makes numbers of texts; it has no book. */
export const binance = ({ texts }) => {
  const beautifier = new (Beautifier.default ?? Beautifier)({})
  return () => () => {
    let events = 0
    for (const text of texts) {
      const message = JSON.parse(text)
      // What has no type of its own is named by its stream, as its client does.
      const type = message.stream?.endsWith('@bookTicker') ? 'bookTicker' : message.data?.e
      if (beautifier.beautifyWsMessage(message, type, true) !== undefined) events++
    }
    if (events !== texts.length) throw new Error(`binance: ${events} events`)
  }
}
