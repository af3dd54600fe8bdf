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

const reasonIn = (info = '') => /^compiled, since (.+)$/.exec(info)?.[1]

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
        unrun: reasonIn(info),
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
        ...{ language: 'ts', code: readFileSync(join(root, file), 'utf8'), quotes: undefined },
        unrun: reasonIn(output?.info),
        ...{ output: output?.body, way: wayOf(output) },
      },
    ]
  })

/** The programs of a page, in their order. */
export const examplesOf = (page: string): readonly Example[] => {
  const text = readFileSync(join(root, page), 'utf8')
  return page === SAMPLES ? sampled(text) : quoted(page, text)
}

const matching = (source: string) => {
  const expression = new RegExp(`^${source}$`)
  return (line: string) => expression.test(line)
}
const literal = (line: string) => line.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '.*')

/** The same line with other numbers. */
const alike = (line: string) => matching(literal(line).replaceAll(/\d+/g, '\\d+'))

const REST = '…'

/** Line by line: a line that is shown, or, at `…`, any that looks as one that is shown. */
const isInOrder = (shown: readonly string[], printed: readonly string[]): boolean => {
  const shapes = shown.filter((line) => line !== REST).map(alike)
  const isMore = (line: string) => shapes.some((isAlike) => isAlike(line))
  const steps = shown.map((line) => (line === REST ? undefined : matching(literal(line))))
  /** Where among the shown lines it may be: from `…` it may go on to the next. */
  const from = (place: number): readonly number[] =>
    place < shown.length && steps[place] === undefined ? [place, ...from(place + 1)] : [place]
  const after = (places: readonly number[], line: string) =>
    new Set(
      places.flatMap((place) => {
        if (place === shown.length) return []
        const step = steps[place]
        if (step === undefined) return isMore(line) ? from(place) : []
        return step(line) ? from(place + 1) : []
      }),
    )
  return printed.reduce((places, line) => after([...places], line), new Set(from(0))).has(shown.length)
}

/** Every line looks as one that is shown, and every one that is shown has come. */
const isAlike = (shown: readonly string[], printed: readonly string[]): boolean => {
  const shapes = shown.map(alike)
  return printed.every((line) => shapes.some((one) => one(line))) && shapes.every((one) => printed.some(one))
}

/**
 * Whether a program printed what its page shows: `…` in a line stands for any text, and as a line of its own for any
 * number of lines, each of which looks as one that is shown, less its numbers. Where no two runs are the same, that is so
 * of all lines.
 */
export const isShown = ({ output, way }: Pick<Example, 'output' | 'way'>, printed: string): boolean => {
  if (output === undefined) return true
  const shown = output.trimEnd().split('\n')
  return way === 'exact'
    ? isInOrder(shown, printed.trimEnd().split('\n'))
    : isAlike(shown, printed.split('\n').slice(0, -1))
}
