import { createClient, replayCommunicator, type FileRead, type ReplayConfig } from '../../index.js'
import { defineCommand } from '../defineCommand.js'
import { connected } from '../connected.js'
import { eventRow } from '../eventRow.js'
import { progressText } from '../progressText.js'
import { recordedVenue } from '../recordedVenue.js'
import { reading, recordingConfig, recordingOptions } from '../recordingOptions.js'
import { selectedStreams } from '../selectedStreams.js'
import { tellErrors } from '../tellErrors.js'
import { tellReplayed } from '../tellReplayed.js'
import type { Terminal } from '../Terminal.js'
import { aPace, aText } from '../ValueType.js'
import { venueNamed, type AnyVenue } from '../venues.js'

/** What a client of a replay says, as lines; gives what is said at its end. */
const printing = (venue: AnyVenue, config: ReplayConfig, names: readonly string[], terminal: Terminal) => {
  const selection = selectedStreams(venue, names)
  const client = createClient<AnyVenue>({ venue, communicator: replayCommunicator(config), onNotice: () => undefined })
  const start = terminal.scheduler.now()
  const elapsed = () => terminal.scheduler.now() - start
  let events = 0
  let counters = { received: 0, unknown: 0, invalid: 0 }
  client.message$.subscribe((message) => {
    if (!selection.has(message)) return
    events += 1
    terminal.data(message, () => eventRow(message))
  })
  client.counters$.subscribe((now) => (counters = now))
  client.parseError$.subscribe(tellErrors(terminal))
  client.status$.subscribe(tellReplayed(terminal))
  const summary = () => {
    const { received, unknown, invalid } = counters
    for (const name of selection.missing()) terminal.say(`The recording holds nothing of ${name}.`, { missing: name })
    const seconds = elapsed() / 1_000
    const wrong = unknown + invalid === 0 ? '' : `, ${unknown} unknown, ${invalid} not as they should be`
    const text = `${events} events of ${received} frames in ${seconds.toFixed(1)} s${wrong}`
    terminal.say(text, { events, frames: received, unknown, invalid, seconds })
  }
  return { client, elapsed, events: () => events, summary }
}

/** Prints what recordings hold. */
export const replay = defineCommand({
  name: 'replay',
  says: 'Prints the events of recordings, one a line.',
  details: [
    'Reads what `record` writes, and any other file that holds a time and a frame in each record, plain or gzip. What is wrong with a file is said on the standard error, the rest still comes, and the program ends with 1.',
  ],
  arguments: [{ name: 'FILE', says: 'A recording, or - for the standard input.', isMany: true, isFile: true }],
  options: {
    speed: { type: aPace, default: 'instant', says: 'How fast: recorded is as it was, 10 ten times as fast.' },
    ...recordingOptions,
    streams: {
      type: aText('NAME'),
      isList: true,
      without: 'all',
      says: 'Only these streams, as btcusdt@trade, or kinds of events, as trade.',
    },
  },
  examples: [
    'aster-rx replay asterFutures-btcusdt.txt.gz',
    'aster-rx replay day.txt.gz --venue binanceSpot --streams trade,btcusdt@bookTicker',
    'aster-rx replay day.txt.gz --from 2024-08-09T13:30 --speed 10',
    'aster-rx replay day.txt.gz --json | jq -r \'select(.kind == "trade") | .event.price\'',
  ],
  run: async ({ arguments: files, options }, terminal) => {
    const { speed, streams } = options
    const config: ReplayConfig = { ...recordingConfig(files, options), pace: speed }
    const done = reading(files, options.merge)
    const venue = options.venue === undefined ? await recordedVenue(config, files) : venueNamed(options.venue)
    const onRead = (read: FileRead) => {
      done.read(read)
      return terminal.full()
    }
    const { client, elapsed, events, summary } = printing(venue, { ...config, onRead }, streams, terminal)
    const stop = terminal.progress(() =>
      progressText({ bytes: done.bytes(), total: done.total, count: events(), elapsed: elapsed() }),
    )
    const isWhole = await terminal.until(connected(client))
    stop()
    if (isWhole) summary()
  },
})
