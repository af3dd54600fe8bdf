import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCLI } from 'jest'

/** What the parent asks for: this text in this file, and these specs. */
export interface Trial {
  readonly file: string
  readonly original: string
  readonly text: string
  readonly specs: readonly string[]
}

const [, , folder = '', config = ''] = process.argv

const passes = async (specs: readonly string[]): Promise<boolean> => {
  const { results } = await runCLI(
    {
      $0: 'mutate',
      _: [...specs],
      config,
      bail: 1,
      runInBand: true,
      silent: true,
      watchman: false,
      ci: true,
      passWithNoTests: false,
    },
    [folder],
  )
  return results.success && results.numPassedTests > 0
}

// What a mutant throws when its test is over concerns nobody: the next one must find the process alive.
process.on('uncaughtException', () => undefined)
process.on('unhandledRejection', () => undefined)

process.on('message', ({ file, original, text, specs }: Trial) => {
  const path = join(folder, file)
  writeFileSync(path, text)
  void passes(specs)
    .catch(() => false)
    .then((passed) => {
      writeFileSync(path, original)
      process.send?.(passed)
    })
})
