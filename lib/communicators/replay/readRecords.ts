import type { Batch } from './Batch.js'
import { fileChunks } from './fileChunks.js'
import { openInput } from './openInput.js'
import { messageOf } from '../messageOf.js'
import { recordReader } from './recordReader.js'
import type { ReplayFile } from './ReplayConfig.js'
import type { ReplaySettings } from './replaySettings.js'
import { splitter } from './splitter.js'
import type { Story } from './Story.js'

/** The signals of one file, a batch per chunk, up to the end of the span; what is wrong with it is among them. */
export async function* readRecords(
  settings: ReplaySettings,
  file: ReplayFile,
  story: Story,
  stop: AbortSignal,
): AsyncGenerator<Batch, void> {
  const reader = recordReader(settings, file, story)
  const split = splitter({ ...settings, record: reader.record, bad: reader.bad, empty: reader.empty })
  try {
    const input = await openInput(file.path, stop)
    for await (const chunk of fileChunks(input)) {
      if (!('_tag' in chunk)) split.push(chunk)
      else reader.damaged(chunk._tag === 'Hole' ? split.tear(chunk) : split.length(), chunk)
      // Who writes to a pipe may take his time.
      if (input.isPipe) reader.settle()
      for (const batch of reader.take()) yield batch
      if (reader.done()) break
    }
    split.end()
    reader.settle()
  } catch (error) {
    split.end()
    reader.unreadable(split.length(), messageOf(error)) // F50
  }
  reader.close()
  for (const batch of reader.take()) yield batch
}
