import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { marksOf, type Mark } from './marks.js'

/** What is said about the faults: in the document, in the code, and in the titles of the specs. */
export interface Catalogue {
  /** The ids of docs/faults.md, in their order. */
  readonly rows: readonly string[]
  readonly marks: readonly (Mark & { readonly file: string })[]
  readonly specs: readonly { readonly file: string; readonly ids: ReadonlySet<string> }[]
}

/** The ids that the rows of a table begin with. */
export const idsOfRows = (document: string): readonly string[] =>
  [...document.matchAll(/^\| (F\d\d) /gm)].map(([, id = '']) => id)

/** The ids that the titles of a spec begin with, as in `F10 F12 nothing is lost`. */
export const idsOfTitles = (text: string): ReadonlySet<string> => {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    const title = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : ''
    for (const id of /^(?:F\d\d )+/.exec(title)?.[0].trim().split(' ') ?? []) found.add(id)
    ts.forEachChild(node, visit)
  }
  if (/['"`]F\d\d /.test(text)) visit(ts.createSourceFile('spec.ts', text, ts.ScriptTarget.Latest))
  return found
}

export const readCatalogue = (root: string): Catalogue => {
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const filesIn = (folder: string, end: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(end))
      .map((name) => join(folder, name))
      .sort()
  return {
    rows: idsOfRows(read('docs/faults.md')),
    marks: filesIn('lib', '.ts').flatMap((file) => marksOf(file, read(file)).map((mark) => ({ ...mark, file }))),
    specs: filesIn('spec', '-spec.ts').map((file) => ({ file, ids: idsOfTitles(read(file)) })),
  }
}

/** What is missing, as far as it can be seen without running a spec. */
export const mistakesIn = ({ rows, marks, specs }: Catalogue): readonly string[] => {
  const marked = new Set(marks.flatMap(({ ids }) => ids))
  const titled = new Set(specs.flatMap(({ ids }) => [...ids]))
  const unknown = [...new Set([...marked, ...titled])].filter((id) => !rows.includes(id))
  return [
    ...rows.filter((id) => !marked.has(id)).map((id) => `${id}: no code in lib is marked with it`),
    ...rows.filter((id) => !titled.has(id)).map((id) => `${id}: no title of a spec begins with it`),
    ...unknown.map((id) => `${id}: docs/faults.md has no such row`),
    ...marks.filter(({ ways }) => ways.length === 0).map(({ file, line }) => `${file}:${line} cannot be taken out`),
  ]
}
