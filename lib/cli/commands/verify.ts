import { tap } from 'rxjs'
import { reportText, verify as verifyFiles, type ReplayConfig } from '../../index.js'
import { defineCommand } from '../defineCommand.js'
import { progressText } from '../progressText.js'
import { recordedVenue } from '../recordedVenue.js'
import { reading, recordingConfig, recordingOptions } from '../recordingOptions.js'
import { venueNamed } from '../venues.js'

/** Says what recordings are worth. */
export const verify = defineCommand({
  name: 'verify',
  says: 'Says what recordings are worth: what they hold, and what is missing or wrong.',
  details: [
    'Gaps of each stream by the numbers of its events, silences, times that go back or are far ahead, damaged parts of files, checksums beside them, and order books against the venue’s own best bids and asks. Sentences say what is wrong; the program then ends with 1.',
  ],
  arguments: [{ name: 'FILE', says: 'A recording, a folder, or a pattern.', isMany: true, isFile: true }],
  options: recordingOptions,
  examples: [
    'aster-rx verify asterFutures-btcusdt.txt.gz',
    "aster-rx verify 'BTCUSDT-aggTrades-2024-*.zip' --venue binanceSpot",
    'aster-rx verify day.txt.gz --json | jq .streams',
  ],
  run: async ({ arguments: files, options }, terminal) => {
    const done = reading(files, options.merge)
    const start = terminal.scheduler.now()
    const config: ReplayConfig = {
      ...recordingConfig(files, options),
      onRead: (read) => {
        done.read(read)
        return undefined
      },
    }
    const venue = options.venue === undefined ? await recordedVenue(config, files) : venueNamed(options.venue)
    const stop = terminal.progress(() =>
      progressText({ bytes: done.bytes(), total: done.total, elapsed: terminal.scheduler.now() - start }),
    )
    await terminal.until(
      verifyFiles({ venue, ...config }).pipe(
        tap((report) => {
          stop()
          terminal.data(report, () => reportText(report))
          const { length } = report.problems
          if (length > 0)
            terminal.fail(`${length} ${length === 1 ? 'thing is' : 'things are'} wrong`, { problems: length })
        }),
      ),
    )
    stop()
  },
})
