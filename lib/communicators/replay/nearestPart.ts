import { stat } from 'node:fs/promises'
import { UNTIMED, type Restated } from './Batch.js'
import { readRecords } from './readRecords.js'
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

const beginningOf = async (
  settings: ReplaySettings,
  file: ReplayFile,
  stop: AbortSignal,
): Promise<Beginning | undefined> => {
  if (!(await isFile(file))) return undefined
  const whole = { ...settings, from: undefined, to: Infinity }
  const story = newStory({ ends: new Set(), isFed: false })
  let restated: Restated | undefined
  for await (const { times, kind } of readRecords(whole, file, story, stop)) {
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
  const { files, from = UNTIMED, timestamps } = settings
  let later: Beginning | undefined
  if (from === UNTIMED || timestamps === 'none') return files
  for (let place = files.length - 1; place >= 0 && !stop.aborted; place -= 1) {
    const [file] = files.slice(place)
    const beginning = file && (await beginningOf(settings, file, stop))
    const { after } = later?.restated ?? {}
    const goesOn = beginning !== undefined && after !== undefined && beginning.at <= after
    if (later?.restated?.hasBooks === true && goesOn && after < from) return files.slice(place + 1) // F65
    later = beginning
  }
  return files
}
