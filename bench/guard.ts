import { pipelineTask, yardstick } from './pipeline.js'
import { made } from './recordings.js'
import { spent, type Task } from './rounds.js'

/** How often it is tried, at most. */
const TRIES = 60

/**
 * The least that a task ever took, as a multiple of the least that `JSON.parse` of the same texts ever took, by CPU time;
 * tried until it is within its limit. What disturbs a machine only ever adds: one quiet moment for each is enough, and
 * what got slower has none.
 */
const ratio = async (json: Task, ours: Task, limit: number): Promise<number> => {
  let [least, leastOurs] = [Infinity, Infinity]
  for (let i = 0; i < TRIES && !(leastOurs / least <= limit && i > 3); i++) {
    least = Math.min(least, (await spent(json)).cpu)
    leastOurs = Math.min(leastOurs, (await spent(ours)).cpu)
  }
  return leastOurs / least
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
