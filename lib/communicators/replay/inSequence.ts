import type { Batch } from './Batch.js'
import { nearestPart } from './nearestPart.js'
import { readBatches } from './readRecords.js'
import type { ReplaySettings } from './replaySettings.js'
import type { Story } from './Story.js'

/** One file after the other, from the last one on that needs none before it. */
export async function* inSequence(
  settings: ReplaySettings,
  story: Story,
  stop: AbortSignal,
): AsyncGenerator<Batch, void> {
  for (const file of await nearestPart(settings, stop)) yield* readBatches(settings, file, story, stop)
}
