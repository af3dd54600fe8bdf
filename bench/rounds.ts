/** What is measured: prepares, and gives what to run. */
export type Task = () => () => void

/** Runs tasks in alternating rounds, so that what slows the machine slows all of them; medians in ms, in order. */
export const rounds = (count: number, ...tasks: readonly Task[]): readonly number[] => {
  const times = tasks.map((): number[] => [])
  for (let round = -2; round < count; round++)
    tasks.forEach((prepare, i) => {
      const run = prepare()
      const start = performance.now()
      run()
      if (round >= 0) times[i]?.push(performance.now() - start)
    })
  return times.map(median)
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
