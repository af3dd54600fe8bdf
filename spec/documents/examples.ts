import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(__dirname, '../..')

/** The index of the samples, which has them run; other pages only quote them. */
export const SAMPLES = 'docs/samples.md'

/** For those who build the library: what they quote are parts of programs. */
const internal = ['architecture.md', 'public-api.md']

/** The pages for those who use the library. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && !internal.includes(name))
    .map((name) => `docs/${name}`),
]

/** A program of a page, and what the page says that it prints. */
export interface Example {
  /** `docs/books.md:12`. */
  readonly at: string
  readonly language: 'ts' | 'cjs'
  readonly code: string
  /** The sample that it quotes: `samples/book.ts`. */
  readonly quotes: string | undefined
  /** Why it is compiled, and not run. */
  readonly unrun: string | undefined
  /** What it prints, as `isShown` reads it. */
  readonly output: string | undefined
  /**
   * How it runs: it ends, and prints the same in every run, or nearly the same, `alike`; or it is `live`, follows a venue
   * until it is ended, and is run against a simulated one.
   */
  readonly way: 'exact' | 'alike' | 'live'
}

const fences = /^```(\w*) ?([^\n]*)\n([^]*?)^```\n/gm

interface Fence {
  readonly language: string
  readonly info: string
  readonly body: string
  readonly start: number
  readonly end: number
}

const fencesOf = (text: string): readonly Fence[] =>
  [...text.matchAll(fences)].map(({ 0: all, 1: language = '', 2: info = '', 3: body = '', index }) => {
    return { language, info, body, start: index, end: index + all.length }
  })

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length

const wayOf = (output: Fence | undefined): Example['way'] =>
  output?.info === 'live' || output?.info === 'alike' ? output.info : 'exact'

const isProgram = (language: string): language is Example['language'] => language === 'ts' || language === 'cjs'

/** The output stands right behind its program. */
const outputBehind = (text: string, { end }: Fence, next: Fence | undefined): Fence | undefined =>
  next?.language === 'text' && text.slice(end, next.start).trim() === '' ? next : undefined

const quoted = (page: string, text: string): readonly Example[] => {
  const all = fencesOf(text)
  return all.flatMap((fence, i): readonly Example[] => {
    const { language, info, body: code } = fence
    if (!isProgram(language)) return []
    const output = outputBehind(text, fence, all[i + 1])
    return [
      {
        at: `${page}:${lineAt(text, fence.start)}`,
        ...{ language, code, output: output?.body, way: wayOf(output) },
        quotes: /^\/\/ (samples\/[\w.]+\.ts)\n/.exec(code)?.[1],
        unrun: /^compiled, since (.+)$/.exec(info)?.[1],
      },
    ]
  })
}

/** A sample has a section of its own: `## [book.ts](../samples/book.ts)`. */
const sampled = (text: string): readonly Example[] =>
  text.split(/^(?=## )/m).flatMap((section): readonly Example[] => {
    const [, file] = /^## \[[\w.]+\.ts\]\(\.\.\/(samples\/[\w.]+\.ts)\)$/m.exec(section) ?? []
    if (file === undefined || !existsSync(join(root, file))) return []
    const [output] = fencesOf(section)
    return [
      {
        at: file,
        ...{ language: 'ts', code: readFileSync(join(root, file), 'utf8'), quotes: undefined, unrun: undefined },
        ...{ output: output?.body, way: wayOf(output) },
      },
    ]
  })

/** The programs of a page, in their order. */
export const examplesOf = (page: string): readonly Example[] => {
  const text = readFileSync(join(root, page), 'utf8')
  return page === SAMPLES ? sampled(text) : quoted(page, text)
}

const literal = (line: string) => line.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '.*')

/** The same line with other numbers. */
const alike = (line: string) => literal(line).replaceAll(/\d+/g, '\\d+')

/** Every line looks as one that is shown, and every one that is shown has come. */
const isAlike = (shown: readonly string[], printed: readonly string[]): boolean => {
  const shapes = shown.map((line) => new RegExp(`^${alike(line)}$`))
  return (
    printed.every((line) => shapes.some((one) => one.test(line))) &&
    shapes.every((one) => printed.some((line) => one.test(line)))
  )
}

/**
 * Whether a program printed what its page shows: `…` in a line stands for any text, and as a line of its own for any
 * number of lines, each of which looks as one that is shown, less its numbers. Where no two runs are the same, that is so
 * of all lines.
 */
export const isShown = ({ output, way }: Pick<Example, 'output' | 'way'>, printed: string): boolean => {
  if (output === undefined) return true
  const lines = output.trimEnd().split('\n')
  const shown = lines.filter((line) => line !== '…')
  if (way !== 'exact') return isAlike(shown, printed.split('\n').slice(0, -1))
  const more = `(?:(?:${shown.map(alike).join('|')})\n)*`
  return new RegExp(`^${lines.map((line) => (line === '…' ? more : `${literal(line)}\n`)).join('')}\\s*$`).test(printed)
}
