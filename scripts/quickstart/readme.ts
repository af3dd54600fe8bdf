import { readFileSync } from 'node:fs'

const readme = readFileSync('README.md', 'utf8')

/** What stands in the fences of a language below a heading, one text each. */
const fences = (heading: string, language: string): readonly string[] => {
  const [, section = ''] = readme.split(`\n## ${heading}\n`)
  const [own = ''] = section.split(/\n## /)
  return [...own.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text)
}

const line = (heading: string, start: string, language = 'sh'): string => {
  const lines = fences(heading, language).flatMap((text) => text.split('\n'))
  const found = lines.find((one) => one.startsWith(start))
  if (found === undefined) throw new Error(`README.md, ${heading}: expected a line that begins with ${start}`)
  return found
}

/** A program of the README, by the name in its first line. */
const snippet = (file: string): string => {
  const [, text] = readme.split(`\`\`\`ts\n// ${file}\n`)
  if (text === undefined) throw new Error(`README.md: expected ${file}`)
  return text.slice(0, text.indexOf('```'))
}

const first = 'The first minutes'

/** What a newcomer reads. */
export const said = {
  install: (tarball: string): string => line('Install', 'npm install').replace(' aster-rx ', ` ${tarball} `),
  record: line(first, 'npx aster-rx record'),
  run: line(first, 'npx tsx'),
  modules: /`(npm pkg set type=module)`/.exec(readme)?.[1] ?? '',
  require: line(first, 'const {', 'js'),
  replay: line(first, 'npx aster-rx replay'),
  trades: snippet('samples/trades.ts'),
  book: snippet('samples/book.ts'),
  simulated: snippet('samples/simulated.ts'),
  browser: snippet('samples/browser.ts'),
  test: snippet('samples/pipeline.test.ts'),
  /** The options without a network. */
  places: /by the options `(\{ endpoint: [^`]+ \})` of `websocketCommunicator`/.exec(readme)?.[1] ?? '',
}
