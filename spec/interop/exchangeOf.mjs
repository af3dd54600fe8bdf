import { after } from './ran.mjs'
import ccxt from 'ccxt'

export const credentials = { apiKey: 'mine', secret: 'shared' }
/** The account of Aster's v3: its wallet signs for itself. */
export const wallet = {
  privateKey: '0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1',
}
const signer = '0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0'
export const accounts = [{ ...credentials, signer, balances: { USDT: '1000000', BTC: '100' } }]

/** An exchange of ccxt whose addresses are those of simulated venues, by its own options, and its own list of markets. */
export const exchangeOf = async (name, api, { options = {}, ...more } = {}) => {
  const exchange = new ccxt.pro[name]({ newUpdates: true, enableRateLimit: false, urls: { api }, options, ...more })
  // It wants this for addresses without TLS.
  await exchange.loadHttpProxyAgent()
  after(() => exchange.close())
  return exchange
}

/** Where Binance's spot market is. */
export const binanceSpotApi = ({ rest, websocket }) => ({
  public: `${rest}/api/v3`,
  private: `${rest}/api/v3`,
  sapi: `${rest}/sapi/v1`,
  // It knows spot by the word `stream` in the address; the venue takes it for a name.
  ws: { spot: `${websocket}/ws/stream`, 'ws-api': { spot: `${websocket}/ws-api/v3` } },
})

/** Where Binance's futures are. */
export const binanceFuturesApi = ({ rest, websocket }) => ({
  fapiPublic: `${rest}/fapi/v1`,
  fapiPublicV2: `${rest}/fapi/v2`,
  fapiPrivate: `${rest}/fapi/v1`,
  fapiPrivateV2: `${rest}/fapi/v2`,
  fapiPrivateV3: `${rest}/fapi/v3`,
  ws: { future: `${websocket}/ws` },
})

/** Where Aster's two markets are. It knows futures by the word `fstream` in the address. */
export const asterApi = (spot, futures) => ({
  sapiPublic: `${spot.rest}/api`,
  sapiPrivate: `${spot.rest}/api`,
  fapiPublic: `${futures.rest}/fapi`,
  fapiPrivate: `${futures.rest}/fapi`,
  ws: {
    public: { spot: `${spot.websocket}/stream`, swap: `${futures.websocket}/stream?fstream` },
    private: { spot: `${spot.websocket}/ws`, swap: `${futures.websocket}/ws/fstream` },
  },
})

/** Where BingX's two markets are; each makes the listen keys of its own accounts, so that they are asked of `keys`. */
export const bingxApi = (spot, swap, keys) => ({
  ...Object.fromEntries(
    ['fund', 'spot', 'contract', 'wallets', 'subAccount', 'account', 'copyTrading', 'cswap', 'api'].map((part) => [
      part,
      `${spot.rest}/openApi`,
    ]),
  ),
  swap: `${swap.rest}/openApi`,
  user: `${keys.rest}/openApi`,
  ws: { spot: spot.websocket, linear: swap.websocket },
})
