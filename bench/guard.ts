import { pipelineTask, yardstick } from './pipeline.js'
import { made } from './recordings.js'
import { median, spent, type Task } from './rounds.js'

/** How often it is tried, at most. */
const TRIES = 60

/**
 * What a task takes, as a multiple of what `JSON.parse` of the same texts takes beside it, by CPU time: the median of
 * tries, which go on until it is within its limit. Machines change their speed from one moment to the next, so only what
 * was measured together is compared: the least that one ever took may be of a moment that the other never had.
 */
const ratio = async (json: Task, ours: Task, limit: number): Promise<number> => {
  const ratios: number[] = []
  while (ratios.length < TRIES && !(ratios.length > 4 && median(ratios) <= limit)) {
    const { cpu } = await spent(json)
    ratios.push((await spent(ours)).cpu / cpu)
  }
  return median(ratios)
}

/** The limits come as JSON: for each recording that of parsing, and that of the book. */
const limits = JSON.parse(process.argv[2] ?? '') as Readonly<Record<string, readonly [number, number]>>
const found: Record<string, readonly number[]> = {}
for (const recording of made()) {
  const [parsing = NaN, book = NaN] = limits[recording.name] ?? []
  found[recording.name] = [
    await ratio(yardstick(recording), pipelineTask(recording, false), parsing),
    await ratio(yardstick(recording), pipelineTask(recording, true), book),
  ]
}
console.log(JSON.stringify(found))
