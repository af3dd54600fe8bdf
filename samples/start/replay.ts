import { statSync } from 'node:fs'
import { createClient, replayCommunicator, type Client } from 'aster-rx'
import { guessFormat } from './guessFormat.js'
import type { Options } from './options.js'
import { inflatedSize, screen } from './screen.js'
import { summarize, summaryLines, type Summary } from './summary.js'
import { venueNamed, type MarketVenue } from './venues.js'
import { watch } from './watch.js'

const REDRAW = 100

const open = (options: Options): { client: Client<MarketVenue>; venue: string } => {
  const { files } = options
  const readable = files.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
  const guess = readable === undefined ? undefined : guessFormat(readable)
  const venue = options.venue ?? guess?.venue ?? 'asterFutures'
  const { delimiter, headers, pace, merge } = options
  const communicator = replayCommunicator({
    ...{ files, delimiter, headers, pace, merge },
    // Checked by replayCommunicator, which says what it expects.
    timestamps: (options.timestamps ?? guess?.timestamps ?? 'ms') as 'ms',
    separator: options.separator ?? guess?.separator ?? ' ',
  })
  return { venue, client: createClient<MarketVenue>({ venue: venueNamed(venue, '--venue'), communicator }) }
}

const timeOf = ({ recordedSeconds, seconds }: Summary) =>
  `${recordedSeconds.toFixed(1)} s recorded, replayed in ${seconds.toFixed(2)} s`

/** Replays, shows what happens while it happens, and sums up. */
export const replay = (options: Options): void => {
  const { client, venue } = open(options)
  const { files } = options
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
      else summaryLines(summary, timeOf(summary)).forEach(say)
    },
  })
  const connection = client.connect()
  process.once('SIGINT', () => connection.unsubscribe())
}
