import { basename as baseOf } from 'node:path'
import { formatRecorded } from '../../record/recordedSignal.js'
import { cellsOf, checkedLines, headed, rowTemplate, type Cells } from './csv.js'
import { lines, type About, type Format, type Lack, type Translation, type Write } from './Format.js'
import { levelGroups } from './levelGroups.js'

/** How the lines of a data set are read: a row, known by its columns, and by its name where others have the same. */
interface Dataset extends Lack {
  readonly name: RegExp
  /** The columns behind the four that all have. */
  readonly columns: string
  readonly open: (columns: Cells, about: About, write: Write) => Omit<Translation, keyof Lack | 'isStamped'>
}

const START = 'exchange,symbol,timestamp,local_timestamp'

/** When it was received, in µs: it stands for ids, too, where the file has none. */
const RECEIVED = 'local_timestamp'

const SYNTHETIC = 'ids of updates (synthetic ones stand for them, the times of receipt in µs)'

/** Lines of which each is an event. */
const events =
  (stream: string, data: string, needed?: string): Dataset['open'] =>
  (columns, about, write) => {
    const text = rowTemplate(`{"stream":"${about.stream ?? stream}","data":${data}}`, columns)
    const place = columns.indexOf(needed ?? RECEIVED)
    return {
      record: checkedLines(columns, RECEIVED, (cells, at, offset) => {
        if (cells[place] !== '') write(at, text(cells), offset)
      }),
    }
  }

/** Changes of a book, and where it is said anew; what comes before that is nothing to begin with. */
const changes: Dataset['open'] = (columns, about, write) => {
  interface Head {
    readonly cells: Cells
    readonly at: number
    readonly isSnapshot: boolean
  }
  /** The id of the last message of each symbol. */
  const last = new Map<string, number>()
  const places = ['symbol', RECEIVED, 'is_snapshot', 'side', 'price', 'amount'].map((name) => columns.indexOf(name))
  const [ofSymbol = 0, ofTime = 0, ofSnapshot = 0, ofSide = 0, ofPrice = 0, ofAmount = 0] = places
  const head = rowTemplate(
    `{"stream":"${about.stream ?? '<symbol:lower>@depth'}","data":{"e":"depthUpdate","E":<timestamp:number>,"T":<timestamp:number>,"s":"<symbol:upper>"`,
    columns,
  )
  const groups = levelGroups<Head>(({ head: { cells, at, isSnapshot }, bids, asks, offset }) => {
    const symbol = cells[ofSymbol]?.toUpperCase() ?? ''
    const before = last.get(symbol)
    if (before === undefined && !isSnapshot) return
    const id = Math.max(Number(cells[ofTime]), (before ?? 0) + 1)
    last.set(symbol, id)
    const levels = (b: string, a: string) => `"${b}":${bids},"${a}":${asks}`
    const text = isSnapshot
      ? formatRecorded({ _tag: 'Reply', symbol, text: `{"lastUpdateId":${id},${levels('bids', 'asks')}}` })
      : `${head(cells)},"U":${(before ?? 0) + 1},"u":${id},"pu":${before},${levels('b', 'a')}}}`
    write(at, text, offset)
  })
  return {
    record: checkedLines(columns, RECEIVED, (cells, at, offset) => {
      const snapshot = cells[ofSnapshot]
      const level = { isBid: cells[ofSide] === 'bid', price: cells[ofPrice] ?? '', quantity: cells[ofAmount] ?? '' }
      const key = `${cells[ofSymbol]},${cells[ofTime]},${snapshot}`
      groups.add(key, () => ({ cells, at, isSnapshot: snapshot === 'true' }), level, offset)
    }),
    end: groups.end,
  }
}

/** As many levels have streams. */
const STREAMED = [20, 10, 5]

/** The best levels, in a column each: as many of them as a stream has. */
const bestLevels: Dataset['open'] = (columns, about, write) => {
  const count = columns.filter((name) => name.startsWith('asks[') && name.endsWith('.price')).length
  const most = STREAMED.find((levels) => levels <= count) ?? count
  const side = (name: string) =>
    Array.from({ length: most }, (_, i) => `(${i === 0 ? '' : ','}["<${name}[${i}].price>","<${name}[${i}].amount>"])`)
  const data = `{"e":"depthUpdate","E":<timestamp:number>,"T":<timestamp:number>,"s":"<symbol:upper>","U":<${RECEIVED}:number>,"u":<${RECEIVED}:number>,"lastUpdateId":<${RECEIVED}:number>,"bids":[${side('bids').join('')}],"asks":[${side('asks').join('')}]}`
  return events(`<symbol:lower>@depth${most}`, data)(columns, about, write)
}

const datasets: readonly Dataset[] = [
  {
    name: /trades/,
    columns: 'id,side,price,amount',
    lacks: 'the orders of a trade; whether it was a print of the market',
    open: events(
      '<symbol:lower>@trade',
      '{"e":"trade","E":<timestamp:number>,"s":"<symbol:upper>","t":<id:number>,"p":"<price>","q":"<amount>","T":<timestamp:number>,"m":<side:sells>}',
    ),
  },
  {
    name: /liquidations/,
    columns: 'id,side,price,amount',
    lacks: 'type, time in force, state, average price and filled quantities of the order',
    absent: ['orderType', 'timeInForce', 'averagePrice', 'status', 'lastFilledQuantity', 'filledQuantity'].map(
      (field) => `forceOrder.order.${field}`,
    ),
    open: events(
      '<symbol:lower>@forceOrder',
      '{"e":"forceOrder","E":<timestamp:number>,"o":{"s":"<symbol:upper>","S":"<side:upper>","o":"","f":"","q":"<amount>","p":"<price>","ap":"-1","X":"","l":"-1","z":"-1","T":<timestamp:number>}}',
    ),
  },
  {
    name: /quotes|book_ticker/,
    columns: 'ask_amount,ask_price,bid_price,bid_amount',
    ...{ lacks: SYNTHETIC, ids: 'synthetic' },
    open: events(
      '<symbol:lower>@bookTicker',
      `{"e":"bookTicker","u":<${RECEIVED}:number>,"s":"<symbol:upper>","b":"<bid_price>","B":"<bid_amount>","a":"<ask_price>","A":"<ask_amount>","T":<timestamp:number>,"E":<timestamp:number>}`,
    ),
  },
  {
    name: /incremental_book_L2/,
    columns: 'is_snapshot,side,price,amount',
    ...{ lacks: `${SYNTHETIC}; what stands before the first snapshot`, ids: 'synthetic' },
    open: changes,
  },
  {
    name: /book_snapshot/,
    columns: 'asks[0].price,asks[0].amount,bids[0].price,bids[0].amount',
    ...{ lacks: `${SYNTHETIC}; levels beyond the best 20, which no stream has`, ids: 'synthetic' },
    open: bestLevels,
  },
  {
    name: /derivative_ticker/,
    columns: 'funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,mark_price',
    lacks:
      'the estimated settle price (and no stream has the open interest, last price and predicted funding that it does hold)',
    open: events(
      '<symbol:lower>@markPrice',
      '{"e":"markPriceUpdate","E":<timestamp:number>,"s":"<symbol:upper>","p":"<mark_price>"(,"i":"<index_price>"),"r":"<funding_rate>"(,"T":<funding_timestamp:number>)}',
      'mark_price',
    ),
  },
]

/** Those with these columns; of several, the one that the stream in the config, or the name of the file, says. */
const datasetsOf = (columns: Cells, { names, stream = '' }: About): readonly Dataset[] => {
  const header = columns.slice(START.split(',').length).join()
  const alike = datasets.filter((one) => header.startsWith(one.columns))
  const said = [
    stream.replace(/.*@trade$/, 'trades').replace(/.*@forceOrder$/, 'liquidations'),
    ...names.map((name) => baseOf(name)),
  ]
  const found = said.map((name) => alike.filter((one) => one.name.test(name))).find(({ length }) => length === 1)
  return found ?? alike
}

/** The CSV files of tardis.dev. */
export const tardisCsv: Format = {
  ...lines,
  says: 'CSV files of tardis.dev',
  lacks: 'losses of connections',
  begins: (head) => head.startsWith(START),
  translate: (head, about, write) => {
    const columns = cellsOf(head.trimEnd())
    const [dataset, another] = datasetsOf(columns, about)
    if (!head.startsWith(START) || dataset === undefined)
      return `expected ${START} and the columns of a data set with a stream, came ${columns.slice(0, 12).join()}`
    if (another !== undefined)
      return 'expected trades or liquidations in the name of the file, since both have the same columns, came neither: give { path, stream }, as btcusdt@trade'
    const { open, lacks, ids, absent } = dataset
    const { record, end } = open(columns, about, write)
    return {
      ...{ lacks, isStamped: true, record: headed(record) },
      ...(ids !== undefined && { ids }),
      ...(absent !== undefined && { absent }),
      ...(end !== undefined && { end }),
    }
  },
}
