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

/**
 * The least time for each of three rounds in turn, so that what slows the machine slows all of them, and of up to
 * twelve more while the times are not yet small enough.
 */
export const importTimes = (
  specifiers: readonly string[],
  isEnough: (times: readonly number[]) => boolean,
): readonly number[] => {
  let least = specifiers.map(() => Infinity)
  for (let round = 0; round < 3 || (round < 15 && !isEnough(least)); round++)
    least = specifiers.map((specifier, i) => Math.min(importTime(specifier), least[i] ?? Infinity))
  return least
}
