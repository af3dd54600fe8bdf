import { basename } from 'node:path'
import { formatRecorded } from '../../record/recordedSignal.js'
import { cellsOf, checkedLines, headed, rowTemplate, type Cells } from './csv.js'
import { lines, type About, type Format, type Lack, type Translation, type Write } from './Format.js'
import { levelGroups } from './levelGroups.js'

/** A data set whose lines are events: a row. */
interface Dataset extends Lack {
  /** Its columns where no header names them: those that are needed, and all before them. */
  readonly columns: string
  readonly stream: string
  /** The event on the wire, with its cells in it. */
  readonly data: string
  /** The column of the time at which it comes. */
  readonly time: string
}

const UNSTAMPED = 'times of receipt (those of the events stand for them, so that latency is unknown)'
const UNSENT = 'times of receipt and of sending (that of the trade stands for both, so that latency is unknown)'

const klines = (prefix: string, e: string): Dataset => ({
  columns:
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
  stream: `<symbol:lower>@${prefix}_<interval>`,
  data: `{"e":"${e}","E":<close_time:next>,"s":"<symbol>","k":{"t":<open_time:number>,"T":<close_time:number>,"s":"<symbol>","i":"<interval>","f":-1,"L":-1,"o":"<open>","c":"<close>","h":"<high>","l":"<low>","v":"<volume>","n":<count:number>,"x":true,"q":"<quote_volume>","V":"<taker_buy_volume>","Q":"<taker_buy_quote_volume>"}}`,
  time: 'close_time',
  lacks:
    'times of receipt and of sending (the end of the interval stands for both); the ids of its first and last trade; what a kline was before it closed',
  absent: ['kline.kline.firstTradeId', 'kline.kline.lastTradeId'],
})

/** By the name of the data set, as it stands in the names of files; of klines stands the interval there. */
const datasets: Readonly<Record<string, Dataset>> = {
  aggTrades: {
    columns: 'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
    stream: '<symbol:lower>@aggTrade',
    data: '{"e":"aggTrade","E":<transact_time:number>,"s":"<symbol>","a":<agg_trade_id:number>,"p":"<price>","q":"<quantity>","f":<first_trade_id:number>,"l":<last_trade_id:number>,"T":<transact_time:number>,"m":<is_buyer_maker:flag>}',
    ...{ time: 'transact_time', lacks: UNSENT },
  },
  trades: {
    columns: 'id,price,qty,quote_qty,time,is_buyer_maker',
    stream: '<symbol:lower>@trade',
    data: '{"e":"trade","E":<time:number>,"s":"<symbol>","t":<id:number>,"p":"<price>","q":"<qty>","T":<time:number>,"m":<is_buyer_maker:flag>}',
    ...{ time: 'time', lacks: `${UNSENT}; the orders of a trade; whether it was a print of the market` },
  },
  klines: klines('kline', 'kline'),
  markPriceKlines: klines('markPriceKline', 'markPrice_kline'),
  indexPriceKlines: klines('indexPriceKline', 'indexPrice_kline'),
  premiumIndexKlines: klines('premiumIndexKline', 'premiumIndex_kline'),
  bookTicker: {
    columns: 'update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time',
    stream: '<symbol:lower>@bookTicker',
    data: '{"e":"bookTicker","u":<update_id:number>,"s":"<symbol>","b":"<best_bid_price>","B":"<best_bid_qty>","a":"<best_ask_price>","A":"<best_ask_qty>","T":<transaction_time:number>,"E":<event_time:number>}',
    ...{ time: 'event_time', lacks: UNSTAMPED },
  },
  liquidationSnapshot: {
    columns:
      'time,side,order_type,time_in_force,original_quantity,price,average_price,order_status,last_fill_quantity,accumulated_fill_quantity',
    stream: '<symbol:lower>@forceOrder',
    data: '{"e":"forceOrder","E":<time:number>,"o":{"s":"<symbol>","S":"<side>","o":"<order_type>","f":"<time_in_force>","q":"<original_quantity>","p":"<price>","ap":"<average_price>","X":"<order_status>","l":"<last_fill_quantity>","z":"<accumulated_fill_quantity>","T":<time:number>}}',
    ...{ time: 'time', lacks: UNSENT },
  },
}

const DEPTH = 'symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu'

/** What holds neither a book nor a stream, by the beginning of its header. */
const refused: Readonly<Record<string, string>> = {
  'timestamp,percentage,depth,notional':
    'expected a data set with events, came bookDepth: the sums of a book within percentages of its price are no book and no stream',
  'create_time,symbol,sum_open_interest':
    'expected a data set with events, came metrics: open interest and ratios of accounts are no stream',
}

/** `BTCUSDT-aggTrades-2024-08-08.zip`, `BTCUSDT-1m-2024-08.csv`. */
const written = /^(?<symbol>[^-]+)-(?<set>[^-]+)-\d{4}-\d\d(-\d\d)?\.(csv|zip)/
const isInterval = (text: string) => /^\d+(s|m|h|d|w|mo)$/.test(text)
const isDataset = (set: string | undefined): set is string => set !== undefined && Object.hasOwn(datasets, set)
const priceKlines = Object.keys(datasets).filter((name) => name.endsWith('Klines'))

interface Found {
  readonly set: string
  readonly symbol: string
  /** As streams write it: a month is `1M`. */
  readonly interval: string
}

/** What the names say; klines of a price are told from those of trades by their folder alone. */
const named = ({ names }: About): Partial<Found> => {
  for (const name of names) {
    const { symbol, set = '' } = written.exec(basename(name))?.groups ?? {}
    if (symbol === undefined) continue
    if (!isInterval(set)) return { symbol, set }
    const folder = priceKlines.find((one) => names.some((path) => path.split(/[/\\]/).includes(one)))
    return { symbol, set: folder ?? 'klines', interval: set.replace('mo', 'M') }
  }
  return {}
}

/** What the config says by the name of a stream: `btcusdt@kline_1m`. */
const said = ({ stream = '', symbol }: About): Partial<Found> => {
  const [, market, kind = '', interval] = /^([^@]+)@([a-z]+?)(?:_(\w+))?(?:@.*)?$/i.exec(stream) ?? []
  const set = Object.entries(datasets).find(([, row]) => row.stream.split(/[@_]/)[1] === kind)?.[0]
  return {
    ...(set !== undefined && { set }),
    ...(market !== undefined && { symbol: market.toUpperCase() }),
    ...(symbol !== undefined && { symbol }),
    ...(interval !== undefined && { interval }),
  }
}

const isHeader = (head: string) => !/^[\d.-]/.test(head)
/** A header that says which data set it is of; `base_qty` stands for `quote_qty` on COIN-M. */
const inHeader = (head: string): Partial<Found> => {
  const header = head.trimEnd().replace('base_qty', 'quote_qty')
  const set = Object.keys(datasets).find((name) => header.startsWith(datasets[name]?.columns ?? ''))
  return set === undefined ? {} : { set }
}

const depth = (write: Write): Translation => {
  interface Head {
    readonly at: number
    readonly cells: Cells
  }
  const columns = DEPTH.split(',')
  const update = rowTemplate(
    '{"stream":"<symbol:lower>@depth","data":{"e":"depthUpdate","E":<timestamp:number>,"T":<timestamp:number>,"s":"<symbol>","U":<first_update_id:number>,"u":<last_update_id:number>,"pu":<pu:number>',
    columns,
  )
  const snapshot = rowTemplate('{"lastUpdateId":<last_update_id:number>', columns)
  const groups = levelGroups<Head>(({ head: { at, cells }, bids, asks, offset }) => {
    const [symbol = '', , , , , type] = cells
    const text =
      type === 'snap'
        ? formatRecorded({ _tag: 'Reply', symbol, text: `${snapshot(cells)},"bids":${bids},"asks":${asks}}` })
        : `${update(cells)},"b":${bids},"a":${asks}}}`
    write(at, text, offset)
  })
  return {
    lacks: UNSTAMPED,
    isStamped: false,
    record: headed(
      checkedLines(columns, 'timestamp', (cells, at, offset) => {
        const [symbol, time, first, last, side = '', type, price = '', quantity = ''] = cells
        const level = { isBid: side.startsWith('b'), price, quantity }
        groups.add([symbol, time, first, last, type].join(), () => ({ at, cells }), level, offset)
      }),
    ),
    end: groups.end,
  }
}

const events = (
  { data, stream, time, lacks, absent }: Dataset,
  columns: Cells,
  { symbol, interval }: Omit<Found, 'set'>,
  about: About,
  write: Write,
): Translation => {
  const frame = `{"stream":"${about.stream ?? stream}","data":${data}}`
  const text = rowTemplate(frame, columns, { symbol, interval })
  // A kline is known when its interval is over, and not within the last ms of it.
  const isKline = time === 'close_time'
  return {
    ...{ lacks, isStamped: false },
    ...(absent !== undefined && { absent }),
    record: checkedLines(columns, time, (cells, at, offset) =>
      write(isKline ? Math.floor(at) + 1 : at, text(cells), offset),
    ),
  }
}

/** The public data of Binance. */
export const binanceCsv: Format = {
  ...lines,
  says: 'public data of Binance (data.binance.vision)',
  lacks: 'losses of connections',
  begins: (head, about) =>
    head.startsWith(DEPTH) ||
    Object.keys(refused).some((header) => head.startsWith(header)) ||
    (isHeader(head) ? inHeader(head).set !== undefined : /^\d+,[\d.,-]+/.test(head) && isDataset(named(about).set)),
  translate: (head, about, write) => {
    const refusal = Object.entries(refused).find(([header]) => head.startsWith(header))?.[1]
    if (refusal !== undefined) return refusal
    if (head.startsWith(DEPTH)) return depth(write)
    const all = [said(about), named(about), inHeader(head)]
    const set = all.map((found) => found.set).find(isDataset)
    const dataset = set === undefined ? undefined : datasets[set]
    const { symbol, interval }: Partial<Found> = { ...all[1], ...all[0] }
    if (dataset === undefined || symbol === undefined)
      return 'expected a name as BTCUSDT-aggTrades-2024-08-08.zip, which says what the file holds, came another: give { path, stream }, as btcusdt@aggTrade'
    if (dataset.stream.includes('<interval>') && interval === undefined)
      return 'expected the interval of klines in the name, as in BTCUSDT-1m-2024-08.zip, came none: give { path, stream }, as btcusdt@kline_1m'
    const found = { symbol, interval: interval ?? '' }
    const needed = dataset.columns.split(',')
    if (!isHeader(head)) return events(dataset, needed, found, about, write)
    const columns = cellsOf(head).map((name) => (name === 'base_qty' ? 'quote_qty' : name))
    const missing = needed.filter((name) => !columns.includes(name))
    if (missing.length > 0) return `expected the columns ${dataset.columns}, came ${columns.join()}`
    const translation = events(dataset, columns, found, about, write)
    return { ...translation, record: headed(translation.record) }
  },
}
