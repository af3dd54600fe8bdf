import { stat } from 'node:fs/promises'
import { UNTIMED, type Restated } from './Batch.js'
import { isPackedByOthers } from './fileChunks.js'
import { openInput } from './openInput.js'
import { readBatches } from './readRecords.js'
import type { ReplayFile } from './ReplayConfig.js'
import type { ReplaySettings } from './replaySettings.js'
import { newStory } from './Story.js'

/** When a file begins, and what it says again that was so before. */
interface Beginning {
  readonly at: number
  readonly restated: Restated | undefined
}

const isFile = async ({ path }: ReplayFile): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true

/** What others have packed is checked as a whole before anything of it comes, and begins with nothing that helps. */
const isNoPart = async ({ path }: ReplayFile, stop: AbortSignal): Promise<boolean> => {
  const input = await openInput(path, stop)
  try {
    return await isPackedByOthers(input)
  } finally {
    await input.close()
  }
}

const beginningOf = async (
  settings: ReplaySettings,
  file: ReplayFile | undefined,
  stop: AbortSignal,
): Promise<Beginning | undefined> => {
  if (file === undefined || !(await isFile(file)) || (await isNoPart(file, stop))) return undefined
  const whole = { ...settings, from: undefined, to: Infinity, onRead: undefined }
  const story = newStory({ ends: new Set(), isFed: false })
  let restated: Restated | undefined
  for await (const { times, kind } of readBatches(whole, file, story, stop)) {
    if (typeof kind === 'object') restated ??= kind
    const at = times.find((time) => time !== UNTIMED)
    if (at !== undefined) return { at, restated }
  }
  return undefined
}

/**
 * The files from the last part on that holds all that is needed at `from`: it begins with the books, all that came before
 * it came before `from`, and the file before it was still written then. Where there is none, all files.
 */
export const nearestPart = async (settings: ReplaySettings, stop: AbortSignal): Promise<readonly ReplayFile[]> => {
  const { files, from = UNTIMED, format } = settings
  if (from === UNTIMED || format?.timestamps === 'none') return files
  // What cannot be read is told by whoever plays it.
  const look = (place: number) => beginningOf(settings, files[place], stop).catch(() => undefined)
  for (let place = files.length - 1; place > 0 && !stop.aborted; place -= 1) {
    const { after = Infinity, hasBooks } = (await look(place))?.restated ?? {}
    if (hasBooks !== true || after >= from) continue
    const before = await look(place - 1)
    if (before !== undefined && before.at <= after) return files.slice(place) // F65
  }
  return files
}
