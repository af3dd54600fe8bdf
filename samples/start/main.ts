import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { asterFutures, asterSpot, binanceSpot, createClient, replayCommunicator, type Client } from 'aster-rx'
import { guessFormat } from './guessFormat.js'
import { readOptions, usage, type Options } from './options.js'
import { inflatedSize, screen } from './screen.js'
import { summarize, summaryLines } from './summary.js'
import { watch, type MarketVenue } from './watch.js'

const bundled = fileURLToPath(new URL('../recordings/asterFutures-btcusdt.txt.gz', import.meta.url))
const venues = { asterFutures, asterSpot, binanceSpot }
const REDRAW = 100

const isOneOf = <K extends string>(table: Readonly<Record<K, unknown>>, name: string): name is K =>
  Object.hasOwn(table, name)

const open = (options: Options): { client: Client<MarketVenue>; files: readonly string[]; venue: string } => {
  const files = options.files.length > 0 ? options.files : [bundled]
  const readable = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
  const guess = readable === undefined ? undefined : guessFormat(readable)
  const venue = options.venue ?? guess?.venue ?? 'asterFutures'
  if (!isOneOf(venues, venue)) throw new TypeError(`--venue: expected ${Object.keys(venues).join(', ')}, came ${venue}`)
  const { delimiter, headers, pace, merge } = options
  const communicator = replayCommunicator({
    ...{ files, delimiter, headers, pace, merge },
    // Checked by replayCommunicator, which says what it expects.
    timestamps: (options.timestamps ?? guess?.timestamps ?? 'ms') as 'ms',
    separator: options.separator ?? guess?.separator ?? ' ',
  })
  return { files, venue, client: createClient<MarketVenue>({ venue: venues[venue], communicator }) }
}

/** Replays, shows what happens while it happens, and sums up. */
const run = (options: Options) => {
  const { client, files, venue } = open(options)
  const report = watch(client)
  const start = performance.now()
  const elapsed = () => performance.now() - start
  const isTerminal = process.stdout.isTTY && !options.json
  const total = isTerminal ? files.reduce((sum, file) => sum + inflatedSize(file), 0) : 0
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const show = isTerminal
    ? () => say(`\u001B[2J\u001B[H${screen(report, total, elapsed())}`)
    : () => say(`${report.counters.received} frames, ${new Date(report.to).toISOString()}`)
  const redraw = options.json ? undefined : setInterval(show, isTerminal ? REDRAW : 10 * REDRAW)

  client.message$.subscribe({
    complete: () => {
      clearInterval(redraw)
      if (isTerminal) show()
      if (report.notes.some((note) => note.startsWith('BadFile'))) process.exitCode = 1
      const summary = summarize(report, files, venue, elapsed())
      if (options.json) say(JSON.stringify(summary))
      else summaryLines(summary).forEach(say)
    },
  })
  const connection = client.connect()
  process.once('SIGINT', () => connection.unsubscribe())
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(`${usage}\n`)
  else run(options)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
  process.exitCode = 2
}
