import type { Batch } from './Batch.js'
import { readRecords } from './readRecords.js'
import type { ReplaySettings } from './replaySettings.js'
import { newStory } from './Story.js'

/** One file after the other. */
export async function* inSequence(settings: ReplaySettings, stop: AbortSignal): AsyncGenerator<Batch, void> {
  const story = newStory()
  for (const file of settings.files) yield* readRecords(settings, file, story, stop)
}
