import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Options {
  readonly files: readonly string[]
  /** The venue to connect to. */
  readonly live: string | undefined
  readonly symbol: string
  /** How long the demonstration takes at least. */
  readonly seconds: number
  readonly venue: string | undefined
  readonly timestamps: string | undefined
  readonly separator: string | undefined
  readonly delimiter: string
  readonly headers: number
  readonly pace: 'instant' | 'recorded' | number
  readonly merge: boolean
  readonly json: boolean
  readonly help: boolean
}

export const usage = `npm run demo                            a client and a simulated venue on this machine, for some seconds
npm run demo -- FILE… [options]         replays any recording, plain or gzip
npm run demo -- --live VENUE [SYMBOL]   follows a symbol of the real venue until Ctrl-C

  --seconds N         for how long the simulated venue is followed at least (default: 10)
  --venue NAME        asterFutures, asterSpot, binanceFutures or binanceSpot  (default: judged by the first records)
  --timestamps FORM   ms, us, ns, s, iso, none or event        (default: judged by the first records)
  --separator TEXT    between time and frame                   (default: judged by the first records)
  --delimiter TEXT    between records; \\r and \\n are read     (default: \\n)
  --headers N         first records to skip in each file       (default: 0)
  --pace P            instant, recorded, or a factor like 10   (default: instant)
  --merge             several files by time, not one after the other
  --json              one JSON object at the end, and nothing else
  --help              this text`

const escapes = (text: string) => text.replaceAll('\\r', '\r').replaceAll('\\n', '\n').replaceAll('\\t', '\t')

/** Reads the command line; what it does not know is an error with the usage. */
export const readOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      live: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      venue: { type: 'string' },
      timestamps: { type: 'string' },
      separator: { type: 'string' },
      delimiter: { type: 'string', default: '\n' },
      headers: { type: 'string', default: '0' },
      pace: { type: 'string', default: 'instant' },
      merge: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { pace, headers } = values
  const [symbol = 'btcusdt'] = positionals
  const seconds = Number(values.seconds)
  if (!(seconds >= 1)) throw new TypeError(`--seconds: expected a number of at least 1, came ${values.seconds}`)
  return {
    files: values.live === undefined ? positionals : [],
    live: values.live,
    symbol: symbol.toUpperCase(),
    seconds,
    venue: values.venue,
    timestamps: values.timestamps,
    separator: values.separator,
    delimiter: escapes(values.delimiter),
    headers: Number(headers),
    pace: pace === 'instant' || pace === 'recorded' ? pace : Number(pace),
    merge: values.merge,
    json: values.json,
    help: values.help,
  }
}
