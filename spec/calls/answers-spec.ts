import { AsterFuturesOrder } from '../../lib/calls/AsterFuturesOrder.js'
import { BatchAnswer } from '../../lib/calls/BatchAnswer.js'
import { DirectAnnouncements } from '../../lib/calls/DirectAnnouncements.js'
import { Done } from '../../lib/calls/Done.js'
import { MarginChange, PositionMode, PositionRisk } from '../../lib/calls/FuturesAccount.js'
import { AsterSpotOrder, BinanceOrder, BingxOrder } from '../../lib/calls/SpotOrder.js'
import { UserFills } from '../../lib/calls/UserFills.js'
import {
  AsterFuturesUserTrade,
  AsterSpotUserTrade,
  BinanceUserTrade,
  BingxUserTrade,
} from '../../lib/calls/UserTrade.js'
import type { AnyCodec } from '../../lib/codecs/Codec.js'
import { inside } from '../../lib/codecs/inside.js'
import { many } from '../../lib/codecs/many.js'
import { parseExact, parseLossless } from '../../lib/codecs/parseLossless.js'

/** An answer as a venue's documentation shows it, and what it says. */
interface Shown {
  readonly what: string
  readonly codec: AnyCodec
  readonly text: string
  readonly value: unknown
}

const trailing = {
  symbol: 'BTCUSDT',
  side: 'BUY',
  orderType: 'TRAILING_STOP_MARKET',
  originalOrderType: 'TRAILING_STOP_MARKET',
  status: 'NEW',
  price: '0',
  filledQuantity: '0',
  filledQuote: '0',
  averagePrice: '0.00000',
  timeInForce: 'GTC',
  stopPrice: '9300',
  positionSide: 'SHORT',
  isReduceOnly: false,
  isCloseAll: false,
  workingType: 'CONTRACT_PRICE',
  isPriceProtected: false,
  activationPrice: '9020',
  callbackRate: '0.3',
}

/** Aster's documents are those of github.com/asterdex/api-docs of 2026-06-30, v3 (recommended), in English. */
const aster: readonly Shown[] = [
  {
    what: 'Aster futures: New Order',
    codec: AsterFuturesOrder,
    text: `{"clientOrderId":"testOrder","cumQty":"0","cumQuote":"0","executedQty":"0","orderId":22542179,"avgPrice":"0.00000",
      "origQty":"10","price":"0","reduceOnly":false,"side":"BUY","positionSide":"SHORT","status":"NEW","stopPrice":"9300",
      "closePosition":false,"symbol":"BTCUSDT","timeInForce":"GTC","type":"TRAILING_STOP_MARKET",
      "origType":"TRAILING_STOP_MARKET","activatePrice":"9020","priceRate":"0.3","updateTime":1566818724722,
      "workingType":"CONTRACT_PRICE","priceProtect":false}`,
    value: {
      ...trailing,
      clientOrderId: 'testOrder',
      orderId: 22_542_179,
      quantity: '10',
      transactionTime: 1_566_818_724_722,
    },
  },
  {
    what: 'Aster futures: Modify Order',
    codec: AsterFuturesOrder,
    text: `{"orderId":405,"symbol":"GOOGLUSDT","status":"NEW","clientOrderId":"uOLCC3aiCou3z2YL0sxWIX","price":"295.50",
      "avgPrice":"0.00000","origQty":"0.150","executedQty":"0","cumQty":"0","cumQuote":"0","timeInForce":"GTC",
      "type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH","stopPrice":"0",
      "workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"LIMIT","updateTime":1776311274450}`,
    value: {
      symbol: 'GOOGLUSDT',
      side: 'BUY',
      orderType: 'LIMIT',
      originalOrderType: 'LIMIT',
      status: 'NEW',
      quantity: '0.150',
      price: '295.50',
      filledQuantity: '0',
      filledQuote: '0',
      averagePrice: '0.00000',
      orderId: 405,
      clientOrderId: 'uOLCC3aiCou3z2YL0sxWIX',
      timeInForce: 'GTC',
      stopPrice: '0',
      transactionTime: 1_776_311_274_450,
      positionSide: 'BOTH',
      isReduceOnly: false,
      isCloseAll: false,
      workingType: 'CONTRACT_PRICE',
      isPriceProtected: false,
    },
  },
  {
    what: 'Aster futures: Query Order',
    codec: AsterFuturesOrder,
    text: `{"avgPrice":"0.00000","clientOrderId":"abc","cumQuote":"0","executedQty":"0","orderId":1917641,"origQty":"0.40",
      "origType":"TRAILING_STOP_MARKET","price":"0","reduceOnly":false,"side":"BUY","positionSide":"SHORT","status":"NEW",
      "stopPrice":"9300","closePosition":false,"symbol":"BTCUSDT","time":1579276756075,"timeInForce":"GTC",
      "type":"TRAILING_STOP_MARKET","activatePrice":"9020","priceRate":"0.3","updateTime":1579276756075,
      "workingType":"CONTRACT_PRICE","priceProtect":false}`,
    value: {
      ...trailing,
      clientOrderId: 'abc',
      orderId: 1_917_641,
      quantity: '0.40',
      creationTime: 1_579_276_756_075,
      transactionTime: 1_579_276_756_075,
    },
  },
  {
    what: 'Aster futures: Cancel Multiple Orders, each with its own end',
    codec: many(BatchAnswer),
    text: `[{"clientOrderId":"myOrder1","cumQty":"0","cumQuote":"0","executedQty":"0","orderId":283194212,"origQty":"11",
      "origType":"TRAILING_STOP_MARKET","price":"0","reduceOnly":false,"side":"BUY","positionSide":"SHORT",
      "status":"CANCELED","stopPrice":"9300","closePosition":false,"symbol":"BTCUSDT","timeInForce":"GTC",
      "type":"TRAILING_STOP_MARKET","activatePrice":"9020","priceRate":"0.3","updateTime":1571110484038,
      "workingType":"CONTRACT_PRICE","priceProtect":false},{"code":-2011,"msg":"Unknown order sent."}]`,
    value: [
      {
        _tag: 'Accepted',
        order: {
          ...trailing,
          averagePrice: undefined,
          status: 'CANCELED',
          clientOrderId: 'myOrder1',
          orderId: 283_194_212,
          quantity: '11',
          transactionTime: 1_571_110_484_038,
        },
      },
      { _tag: 'Refused', code: -2_011, text: 'Unknown order sent.' },
    ],
  },
  {
    what: "Aster futures: User's Force Orders, an ADL",
    codec: many(AsterFuturesOrder),
    text: `[{"orderId":6072734303,"symbol":"BTCUSDT","status":"FILLED","clientOrderId":"adl_autoclose","price":"11023.14",
      "avgPrice":"10979.82000","origQty":"0.001","executedQty":"0.001","cumQuote":"10.97982","timeInForce":"GTC",
      "type":"LIMIT","reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"SHORT","stopPrice":"0",
      "workingType":"CONTRACT_PRICE","origType":"LIMIT","time":1596110725059,"updateTime":1596110725071}]`,
    value: [
      {
        symbol: 'BTCUSDT',
        side: 'BUY',
        orderType: 'LIMIT',
        originalOrderType: 'LIMIT',
        status: 'FILLED',
        quantity: '0.001',
        price: '11023.14',
        filledQuantity: '0.001',
        filledQuote: '10.97982',
        averagePrice: '10979.82000',
        orderId: 6_072_734_303,
        clientOrderId: 'adl_autoclose',
        timeInForce: 'GTC',
        stopPrice: '0',
        creationTime: 1_596_110_725_059,
        transactionTime: 1_596_110_725_071,
        positionSide: 'SHORT',
        isReduceOnly: false,
        isCloseAll: false,
        workingType: 'CONTRACT_PRICE',
      },
    ],
  },
  {
    what: 'Aster futures: Cancel All Open Orders',
    codec: Done,
    text: '{"code":"200","msg":"The operation of cancel all open order is done."}',
    value: { text: 'The operation of cancel all open order is done.' },
  },
  {
    what: 'Aster futures: Position Information, hedge mode',
    codec: many(PositionRisk),
    text: `[{"entryPrice":"6563.66500","marginType":"isolated","isAutoAddMargin":"false","isolatedMargin":"15517.54150468",
      "leverage":"10","liquidationPrice":"5930.78","markPrice":"6679.50671178","maxNotionalValue":"20000000",
      "positionAmt":"20.000","symbol":"BTCUSDT","unRealizedProfit":"2316.83423560","positionSide":"LONG",
      "updateTime":1625474304765},{"entryPrice":"0.00000","marginType":"isolated","isAutoAddMargin":"false",
      "isolatedMargin":"5413.95799991","leverage":"10","liquidationPrice":"7189.95","markPrice":"6679.50671178",
      "maxNotionalValue":"20000000","positionAmt":"-10.000","symbol":"BTCUSDT","unRealizedProfit":"-1156.46711780",
      "positionSide":"SHORT","updateTime":0}]`,
    value: [
      {
        symbol: 'BTCUSDT',
        positionSide: 'LONG',
        amount: '20.000',
        entryPrice: '6563.66500',
        markPrice: '6679.50671178',
        unrealizedProfit: '2316.83423560',
        liquidationPrice: '5930.78',
        leverage: '10',
        maxNotional: '20000000',
        marginType: 'isolated',
        isolatedMargin: '15517.54150468',
        transactionTime: 1_625_474_304_765,
      },
      {
        symbol: 'BTCUSDT',
        positionSide: 'SHORT',
        amount: '-10.000',
        entryPrice: '0.00000',
        markPrice: '6679.50671178',
        unrealizedProfit: '-1156.46711780',
        liquidationPrice: '7189.95',
        leverage: '10',
        maxNotional: '20000000',
        marginType: 'isolated',
        isolatedMargin: '5413.95799991',
        transactionTime: 0,
      },
    ],
  },
  {
    what: 'Aster futures: Get Current Position Mode',
    codec: PositionMode,
    text: '{"dualSidePosition":true}',
    value: { isDualSide: true },
  },
  {
    what: 'Aster futures: Get Position Margin Change History',
    codec: many(MarginChange),
    text: `[{"amount":"23.36332311","asset":"USDT","symbol":"BTCUSDT","time":1578047897183,"type":1,"positionSide":"BOTH"}]`,
    value: [
      {
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        amount: '23.36332311',
        asset: 'USDT',
        direction: 1,
        time: 1_578_047_897_183,
      },
    ],
  },
  {
    what: 'Aster futures: Get Direct Announcements',
    codec: DirectAnnouncements,
    text: `{"total":2,"rows":[{"id":1001,"contents":[{"language":"en","title":"Platform Maintenance Notice",
      "subtitle":"Scheduled downtime","content":"From 02:00 to 04:00 UTC."}],"category":"MAINTENANCE",
      "publishTime":1750000000000,"jumpLink":"https://www.asterdex.com/en/announcement/1001"}]}`,
    value: {
      total: 2,
      announcements: [
        {
          id: 1_001,
          contents: [
            {
              language: 'en',
              title: 'Platform Maintenance Notice',
              subtitle: 'Scheduled downtime',
              content: 'From 02:00 to 04:00 UTC.',
            },
          ],
          category: 'MAINTENANCE',
          publishTime: 1_750_000_000_000,
          link: 'https://www.asterdex.com/en/announcement/1001',
        },
      ],
    },
  },
  {
    what: 'Aster futures: Account Trade List',
    codec: many(AsterFuturesUserTrade),
    text: `[{"buyer":false,"commission":"-0.07819010","commissionAsset":"USDT","id":698759,"maker":false,"orderId":25851813,
      "price":"7819.01","qty":"0.002","quoteQty":"15.63802","realizedPnl":"-0.91539999","side":"SELL",
      "positionSide":"SHORT","symbol":"BTCUSDT","time":1569514978020}]`,
    value: [
      {
        symbol: 'BTCUSDT',
        tradeId: 698_759,
        orderId: 25_851_813,
        price: '7819.01',
        quantity: '0.002',
        quoteQuantity: '15.63802',
        commission: '-0.07819010',
        commissionAsset: 'USDT',
        time: 1_569_514_978_020,
        side: 'SELL',
        isMaker: false,
        isBuyer: false,
        realizedProfit: '-0.91539999',
        positionSide: 'SHORT',
      },
    ],
  },
  {
    what: 'Aster spot: Place order, in two amounts of digits',
    codec: AsterSpotOrder,
    text: `{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"6gCrw2kRUAF9CvJDGP16IP","updateTime":1507725176595,
      "price":"0.00000000","avgPrice":"0.0000000000000000","origQty":"10.00000000","cumQty":"0",
      "executedQty":"10.00000000","cumQuote":"10.00000000","status":"FILLED","timeInForce":"GTC","stopPrice":"0",
      "origType":"LIMIT","type":"LIMIT","side":"SELL"}`,
    value: {
      symbol: 'BTCUSDT',
      side: 'SELL',
      orderType: 'LIMIT',
      originalOrderType: 'LIMIT',
      status: 'FILLED',
      quantity: '10.00000000',
      price: '0.00000000',
      filledQuantity: '10.00000000',
      filledQuote: '10.00000000',
      averagePrice: '0.0000000000000000',
      orderId: 28,
      clientOrderId: '6gCrw2kRUAF9CvJDGP16IP',
      timeInForce: 'GTC',
      stopPrice: '0',
      transactionTime: 1_507_725_176_595,
    },
  },
  {
    what: 'Aster spot: Account trade history',
    codec: many(AsterSpotUserTrade),
    text: `[{"symbol":"BNBUSDT","id":1002,"orderId":266358,"side":"BUY","price":"1","qty":"2","quoteQty":"2",
      "commission":"0.00105000","commissionAsset":"BNB","time":1755656788798,"counterpartyId":19,"createUpdateId":null,
      "maker":false,"buyer":true}]`,
    value: [
      {
        symbol: 'BNBUSDT',
        tradeId: 1_002,
        orderId: 266_358,
        price: '1',
        quantity: '2',
        quoteQuantity: '2',
        commission: '0.00105000',
        commissionAsset: 'BNB',
        time: 1_755_656_788_798,
        side: 'BUY',
        isMaker: false,
        isBuyer: true,
      },
    ],
  },
  {
    what: "Aster's chain: aster_userFills",
    codec: inside('result', UserFills),
    text: `{"result":{"address":"0x87EC27","accountPrivacy":"disabled","startTime":1773916057398,"endTime":1774520857398,
      "fills":[{"symbol":"BTCUSDT","side":"SELL","price":"70658.6","qty":"0.001","time":1774084612000}]},"id":1,
      "jsonrpc":"2.0"}`,
    value: {
      address: '0x87EC27',
      accountPrivacy: 'disabled',
      startTime: 1_773_916_057_398,
      endTime: 1_774_520_857_398,
      fills: [{ symbol: 'BTCUSDT', side: 'SELL', price: '70658.6', quantity: '0.001', time: 1_774_084_612_000 }],
    },
  },
]

/** Binance's are those of github.com/binance/binance-spot-api-docs, rest-api.md, of 2026-07-21. */
const binance: readonly Shown[] = [
  {
    what: 'Binance spot: New order, RESULT',
    codec: BinanceOrder,
    text: `{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"6gCrw2kRUAF9CvJDGP16IP",
      "transactTime":1507725176595,"price":"0.00000000","origQty":"10.00000000","executedQty":"10.00000000",
      "origQuoteOrderQty":"0.000000","cummulativeQuoteQty":"10.00000000","status":"FILLED","timeInForce":"GTC",
      "type":"MARKET","side":"SELL","workingTime":1507725176595,"selfTradePreventionMode":"NONE"}`,
    value: {
      symbol: 'BTCUSDT',
      side: 'SELL',
      orderType: 'MARKET',
      status: 'FILLED',
      quantity: '10.00000000',
      price: '0.00000000',
      filledQuantity: '10.00000000',
      filledQuote: '10.00000000',
      quoteOrderQuantity: '0.000000',
      orderId: 28,
      orderListId: -1,
      clientOrderId: '6gCrw2kRUAF9CvJDGP16IP',
      timeInForce: 'GTC',
      transactionTime: 1_507_725_176_595,
      workingTime: 1_507_725_176_595,
      selfTradePreventionMode: 'NONE',
    },
  },
  {
    what: 'Binance spot: Cancel order, whose own id is that of the cancelling',
    codec: BinanceOrder,
    text: `{"symbol":"LTCBTC","origClientOrderId":"myOrder1","orderId":4,"orderListId":-1,"clientOrderId":"cancelMyOrder1",
      "transactTime":1684804350068,"price":"2.00000000","origQty":"1.00000000","executedQty":"0.00000000",
      "origQuoteOrderQty":"0.000000","cummulativeQuoteQty":"0.00000000","status":"CANCELED","timeInForce":"GTC",
      "type":"LIMIT","side":"BUY","selfTradePreventionMode":"NONE"}`,
    value: {
      symbol: 'LTCBTC',
      side: 'BUY',
      orderType: 'LIMIT',
      status: 'CANCELED',
      quantity: '1.00000000',
      price: '2.00000000',
      filledQuantity: '0.00000000',
      filledQuote: '0.00000000',
      quoteOrderQuantity: '0.000000',
      orderId: 4,
      orderListId: -1,
      clientOrderId: 'myOrder1',
      timeInForce: 'GTC',
      transactionTime: 1_684_804_350_068,
      selfTradePreventionMode: 'NONE',
    },
  },
  {
    what: 'Binance spot: Account trade list',
    codec: many(BinanceUserTrade),
    text: `[{"symbol":"BNBBTC","id":28457,"orderId":100234,"orderListId":-1,"price":"4.00000100","qty":"12.00000000",
      "quoteQty":"48.000012","commission":"10.10000000","commissionAsset":"BNB","time":1499865549590,"isBuyer":true,
      "isMaker":false,"isBestMatch":true}]`,
    value: [
      {
        symbol: 'BNBBTC',
        tradeId: 28_457,
        orderId: 100_234,
        orderListId: -1,
        price: '4.00000100',
        quantity: '12.00000000',
        quoteQuantity: '48.000012',
        commission: '10.10000000',
        commissionAsset: 'BNB',
        time: 1_499_865_549_590,
        isBuyer: true,
        isMaker: false,
      },
    ],
  },
]

/** BingX's are in the form of its documents; ids beyond 2^53 stand there as numbers. */
const bingx: readonly Shown[] = [
  {
    what: 'BingX spot: Place Order',
    codec: inside('data', BingxOrder),
    text: `{"code":0,"msg":"","debugMsg":"","data":{"symbol":"NEMS-USDT","orderId":1735963671248581001,
      "transactTime":1702720966528,"price":"0.1557","origQty":"115","executedQty":"0","cummulativeQuoteQty":"0",
      "status":"PENDING","type":"LIMIT","side":"SELL"}}`,
    value: {
      symbol: 'NEMS-USDT',
      side: 'SELL',
      orderType: 'LIMIT',
      status: 'PENDING',
      quantity: '115',
      price: '0.1557',
      filledQuantity: '0',
      filledQuote: '0',
      orderId: '1735963671248581001',
      transactionTime: 1_702_720_966_528,
    },
  },
  {
    what: 'BingX spot: Query Current Open Orders',
    codec: inside('data', inside('orders', many(BingxOrder))),
    text: `{"code":0,"msg":"","debugMsg":"","data":{"orders":[{"symbol":"BNB-USDC","orderId":1735930294290081300,
      "price":"255.27","StopPrice":"0","origQty":"0.16261","executedQty":"0","cummulativeQuoteQty":"0",
      "status":"PENDING","type":"LIMIT","side":"SELL","time":1702713008841,"updateTime":1702713008841,
      "origQuoteOrderQty":"0","fee":0}]}}`,
    value: [
      {
        symbol: 'BNB-USDC',
        side: 'SELL',
        orderType: 'LIMIT',
        status: 'PENDING',
        quantity: '0.16261',
        price: '255.27',
        filledQuantity: '0',
        filledQuote: '0',
        quoteOrderQuantity: '0',
        orderId: '1735930294290081300',
        stopPrice: '0',
        creationTime: 1_702_713_008_841,
        transactionTime: 1_702_713_008_841,
        fee: '0',
      },
    ],
  },
  {
    what: 'BingX spot: Query Trade Fills, a commission as a number with an exponent',
    codec: inside('data', inside('fills', many(BingxUserTrade))),
    text: `{"code":0,"msg":"","debugMsg":"","data":{"fills":[{"symbol":"BTC-USDT","id":36767058,
      "orderId":1745362930595004401,"price":"46820.155","qty":"0.0003844","quoteQty":"17.997667582000002",
      "commission":-1.2493e-7,"commissionAsset":"BTC","time":1704961925000,"isBuyer":true,"isMaker":false}]}}`,
    value: [
      {
        symbol: 'BTC-USDT',
        tradeId: '36767058',
        orderId: '1745362930595004401',
        price: '46820.155',
        quantity: '0.0003844',
        quoteQuantity: '17.997667582000002',
        commission: '-1.2493e-7',
        commissionAsset: 'BTC',
        time: 1_704_961_925_000,
        isBuyer: true,
        isMaker: false,
      },
    ],
  },
]

const right = (value: unknown) => ({ _tag: 'Right', right: value })

describe.each([
  ['Aster', aster, parseExact],
  ['Binance', binance, parseExact],
  ['BingX', bingx, parseLossless],
] as const)('%s: answers as documents show them', (_, shown, parse) => {
  test.each(shown)('$what', ({ codec, text, value }) => {
    const json = parse(text)
    expect(codec.decode(json)).toEqual(right(value))
    expect(codec.fast(json)).toEqual(value)
    const written = codec.encode(value)
    expect(codec.decode(written)).toEqual(right(value))
    expect(codec.is(value)).toBe(true)
  })

  test.each(shown)('$what: what is missing is named', ({ codec }) => {
    const { _tag } = codec.decode({ data: {}, result: {} })
    expect(_tag === 'Left' || codec === Done).toBe(true)
  })
})
