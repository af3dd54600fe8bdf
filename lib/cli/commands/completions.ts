import type { AnyCommand } from '../Command.js'
import { defineCommand } from '../defineCommand.js'
import { completions, withHelp } from '../completions.js'

const shells = Object.keys(completions)

/** What a shell needs to complete the command line, this command included. */
export const completionsOf = (others: readonly AnyCommand[]): AnyCommand => {
  const self = defineCommand({
    name: 'completions',
    says: 'Prints what a shell needs to complete command lines.',
    arguments: [{ name: 'SHELL', says: `One of ${shells.join(', ')}.`, choices: shells }],
    options: {},
    examples: [
      'source <(aster-rx completions bash)',
      'aster-rx completions zsh > ~/.zfunc/_aster-rx',
      'aster-rx completions fish | source',
    ],
    run: ({ arguments: [shell] }, terminal) => {
      const made = Object.entries(completions).find(([name]) => name === shell)?.[1]
      const text = made?.(withHelp([...others, self])) ?? ''
      terminal.data({ text }, () => text)
      return Promise.resolve()
    },
  })
  return self
}
