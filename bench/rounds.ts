/** What is measured: prepares, and gives what to run. */
export type Task = () => () => void | Promise<void>

/** What a task took, in ms: time on the clock, and of the processor, whose threads of the garbage collection count. */
export interface Spent {
  readonly wall: number
  readonly cpu: number
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

export const spent = async (prepare: Task): Promise<Spent> => {
  const run = prepare()
  const [start, before] = [performance.now(), process.cpuUsage()]
  await run()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, cpu: (user + system) / 1_000 }
}

/** Medians of what a task took in all rounds. */
export interface Measured extends Spent {
  /**
   * Its time of the processor as a multiple of that of the first task in the same round: machines change their speed
   * while they run, and less within a round.
   */
  readonly ratio: number
}

/** So many rounds come before those that count, until what is run often is compiled. */
const WARM = 5

/** Measures something once more. */
export type Measure = () => Promise<Spent>

/**
 * Measures in alternating rounds, in one order and then in the other, so that what slows the machine slows all of them,
 * and none always comes after the same one.
 */
export const alternating = async (count: number, ...measures: readonly Measure[]): Promise<readonly Measured[]> => {
  const all = measures.map((measure) => ({ measure, found: [] as Spent[] }))
  for (let round = -WARM; round < count; round++)
    for (const { measure, found } of round % 2 === 0 ? all : [...all].reverse()) {
      const one = await measure()
      if (round >= 0) found.push(one)
    }
  return all.map(({ found }) => ({
    wall: median(found.map(({ wall }) => wall)),
    cpu: median(found.map(({ cpu }) => cpu)),
    ratio: median(found.map(({ cpu }, round) => cpu / (all[0]?.found[round]?.cpu ?? NaN))),
  }))
}

/** Tasks in alternating rounds, in this process. */
export const rounds = (count: number, ...tasks: readonly Task[]): Promise<readonly Measured[]> =>
  alternating(count, ...tasks.map((task) => () => spent(task)))
