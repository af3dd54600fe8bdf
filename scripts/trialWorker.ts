import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCLI } from 'jest'

/** What the parent asks for: this text in this file, and these specs. */
export interface Trial {
  readonly file: string
  readonly original: string
  readonly text: string
  readonly specs: readonly string[]
  /** Which tests of the specs: a regular expression for their full names. Default: all. */
  readonly name?: string
}

/** `broken`: not one test of that name ran, or a spec could not even be loaded. */
export type Verdict = 'passed' | 'failed' | 'broken'

const [, , folder = '', config = ''] = process.argv

const verdictOf = async ({ specs, name }: Trial): Promise<Verdict> => {
  const { results } = await runCLI(
    {
      $0: 'trial',
      _: [...specs],
      config,
      bail: 1,
      runInBand: true,
      silent: true,
      watchman: false,
      ci: true,
      passWithNoTests: false,
      ...(name !== undefined && { testNamePattern: name }),
    },
    [folder],
  )
  if (results.success && results.numPassedTests > 0) return 'passed'
  return results.numFailedTests > 0 ? 'failed' : 'broken'
}

// What a mutant throws when its test is over concerns nobody: the next one must find the process alive.
process.on('uncaughtException', () => undefined)
process.on('unhandledRejection', () => undefined)

process.on('message', (trial: Trial) => {
  const path = join(folder, trial.file)
  writeFileSync(path, trial.text)
  void verdictOf(trial)
    .catch((): Verdict => 'broken')
    .then((verdict) => {
      writeFileSync(path, trial.original)
      process.send?.(verdict)
    })
})

// Nobody is left to tell.
process.on('disconnect', () => process.exit())
