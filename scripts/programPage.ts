import { existsSync, readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import type { AnyCommand } from '../lib/cli/Command.js'
import { commands } from '../lib/cli/commands.js'
import { allOptions, exitHelp, optionSays, optionText, usageLine } from '../lib/cli/help.js'
import { argumentText } from '../lib/cli/readCall.js'

export const PROGRAM_PAGE = 'docs/program.md'

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\{(\w+)\}/g, '`{$1}`')

/** What is to be said of a command beyond its table. */
const guideOf = ({ name }: AnyCommand): readonly string[] => {
  const path = `scripts/guides/${name}.md`
  return existsSync(path) ? [readFileSync(path, 'utf8').trim()] : []
}

const section = (command: AnyCommand): string => {
  const rows = [
    ...command.arguments.map((argument) => [argumentText(argument), argument.says] as const),
    ...Object.entries(allOptions(command)).map(
      ([name, option]) => [optionText(name, option), optionSays(option)] as const,
    ),
  ].map(([name, says]) => `| \`${name.replaceAll('|', '\\|')}\` | ${cell(says)} |`)
  return [
    `## ${command.name}`,
    `\`\`\`sh\n${usageLine(command)}\n\`\`\``,
    ...[command.says, ...(command.details ?? [])].map(cell),
    ['| argument or option | what it is |', '| --- | --- |', ...rows].join('\n'),
    `\`\`\`sh\n${command.examples.join('\n')}\n\`\`\``,
    ...guideOf(command),
  ].join('\n\n')
}

const opening = `---
title: The program
group: Reference
---

# The program

\`aster-rx\` comes with the package: \`npx aster-rx watch asterFutures btcusdt\`. This page is made from the tables of its commands by \`npm run program\`; \`aster-rx help COMMAND\` says the same.

Data goes to the standard output, one event a line, and everything else to the standard error, so that pipes work; with \`--json\` each line of both is a JSON object. Prices and quantities are the venue's own texts. Colours are for terminals only, and \`NO_COLOR\` switches them off. Times of lines are UTC, those in JSON are ms since 1970.

${exitHelp} A pipe that is closed early, as by \`| head\`, is no failure.`

/** The page docs/program.md. */
export const programPage = async (): Promise<string> =>
  format([opening, ...commands.map(section)].join('\n\n'), {
    ...(await resolveConfig(PROGRAM_PAGE)),
    parser: 'markdown',
  })
