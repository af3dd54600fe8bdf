import { catchError, filter, NEVER, tap } from 'rxjs'
import { record, replayCommunicator, type ReplayConfig, type Signal } from '../../index.js'
import { defineCommand } from '../defineCommand.js'
import { inOptions, outputConfig, outputOptions } from '../outputOptions.js'
import { progressText } from '../progressText.js'
import { reading, recordingConfig, recordingOptions } from '../recordingOptions.js'
import { tellReplayed } from '../tellReplayed.js'
import { plural } from '../served.js'
import { followBooks } from '../followBooks.js'
import { aPath } from '../ValueType.js'

/** What is wrong with the files that are read is told, and is nothing that happened while they were recorded. */
const isOfFiles = ({ _tag }: Signal) => _tag === 'BadFile' || _tag === 'BadRecord' || _tag === 'Unverified'

/** Writes recordings of others as our own. */
export const convert = defineCommand({
  name: 'convert',
  says: 'Writes files of any format that can be read as a recording of our own.',
  details: [
    'What a format does not hold is said once, on the standard error and in the recording, which a replay then says, too. Frames come as they were, to the letter; lines of CSV become the frames that they were made of. What is wrong with a file is said, the rest is written, and the program ends with 1.',
    'With --from it begins with the order books as they were then, where the recording makes any; --venue says whose they are, if the recording does not.',
    'A name may hold {period} and {index}, as for record.',
  ],
  arguments: [
    { name: 'FILE', says: 'A file, a folder, a pattern, or - for the standard input.', isMany: true, isFile: true },
  ],
  options: {
    file: { type: aPath('PATTERN'), default: 'converted.txt.gz', says: 'Where to.' },
    ...outputOptions,
    ...recordingOptions,
  },
  examples: [
    'aster-rx convert BTCUSDT-aggTrades-2024-08-08.zip',
    'aster-rx convert trades/ quotes/ --merge --file data/{period}.txt.gz --every day',
    'zstd -dc raw.zst | aster-rx convert - --format tardis --file raw.txt.gz',
  ],
  run: async ({ arguments: files, options }, terminal) => {
    const { file: pattern } = options
    const done = reading(files, options.merge)
    const start = terminal.scheduler.now()
    const elapsed = () => terminal.scheduler.now() - start
    const config: ReplayConfig = {
      ...recordingConfig(files, options),
      drain: 0,
      onRead: (read) => {
        done.read(read)
        return undefined
      },
    }
    const tell = tellReplayed(terminal)
    let frames = 0
    const books = options.from === undefined ? undefined : await followBooks(files, config, options.venue)
    const written$ = (books?.signal$ ?? replayCommunicator(config)(NEVER)).pipe(
      tap((signal) => {
        if (signal._tag === 'Frame') frames += 1
        else if (signal._tag !== 'Reply') tell(signal)
      }),
      filter((signal) => !isOfFiles(signal)),
      record({ ...outputConfig(pattern, options), ...(books && { books: books.held }) }),
      catchError(inOptions),
    )
    const stop = terminal.progress(() =>
      progressText({ bytes: done.bytes(), total: done.total, count: frames, elapsed: elapsed() }),
    )
    await terminal.until(written$)
    stop()
    const seconds = elapsed() / 1_000
    terminal.data(
      { file: pattern, frames, seconds },
      () => `${plural(frames, 'frame')} in ${seconds.toFixed(1)} s to ${pattern}`,
    )
  },
})
