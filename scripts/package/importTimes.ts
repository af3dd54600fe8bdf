import { execFileSync } from 'node:child_process'

/** CPU time in ms that a process of its own takes to import; other processes on the machine hardly change it. */
const importTime = (specifier: string): number => {
  const program = `
    const before = process.cpuUsage()
    await import(${JSON.stringify(specifier)})
    const { user, system } = process.cpuUsage(before)
    console.log((user + system) / 1000)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))
}

/** The least time of several rounds for each, in turn, so that what slows the machine slows all of them. */
export const importTimes = (specifiers: readonly string[], rounds: number): readonly number[] => {
  const times = Array.from({ length: rounds }, () => specifiers.map(importTime))
  return specifiers.map((_, i) => Math.min(...times.map((round) => round[i] ?? NaN)))
}
