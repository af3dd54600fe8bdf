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

/** So many rounds come before those that count, until what is run often is compiled. */
const WARM = 5

/**
 * Runs tasks in alternating rounds, in one order and then in the other, so that what slows the machine slows all of them,
 * and none always comes after the same one; the medians of each.
 */
export const rounds = async (count: number, ...tasks: readonly Task[]): Promise<readonly Spent[]> => {
  const all = tasks.map((task) => ({ task, found: [] as Spent[] }))
  for (let round = -WARM; round < count; round++)
    for (const { task, found } of round % 2 === 0 ? all : [...all].reverse()) {
      const one = await spent(task)
      if (round >= 0) found.push(one)
    }
  return all.map(({ found }) => ({
    wall: median(found.map(({ wall }) => wall)),
    cpu: median(found.map(({ cpu }) => cpu)),
  }))
}
