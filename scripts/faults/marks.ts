import ts from 'typescript'
import { mutantOf, type Mutant } from '../mutants.js'
import { isPlace, waysOut } from './waysOut.js'

/** A comment `// F12`, at the end of a line or before it: what stands there handles the fault. */
export interface Mark {
  readonly ids: readonly string[]
  /** Where it stands, counted from 1. */
  readonly line: number
  /** How it is taken out; none where that would prove nothing. */
  readonly ways: readonly Mutant[]
}

/** The marks of a source file. */
export const marksOf = (fileName: string, text: string): readonly Mark[] => {
  const lines = text.split('\n')
  const marked = lines.flatMap((line, i) => {
    const [, before = '', ids = ''] = /^(.*?)\/\/ (F\d\d(?: F\d\d)*)$/.exec(line) ?? []
    return ids === '' ? [] : [{ i, ids: ids.split(' '), isAlone: before.trim() === '' }]
  })
  if (marked.length === 0) return []
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true)
  return marked.map(({ i, ids, isAlone }) => {
    const at = isAlone ? lines.findIndex((line, j) => j > i && !/^\s*($|\/\/|\/?\*)/.test(line)) : i
    const node = at < 0 ? undefined : placeOn(at, lines[at] ?? '', file)
    const ways = node === undefined ? [] : waysOut(node).map((change) => mutantOf(change, file))
    return { ids, line: at + 1, ways: ways.every(isReadable) ? ways : [] }
  })
}

/** The largest place that begins and ends on a line, or else the largest that begins there. */
const placeOn = (line: number, code: string, file: ts.SourceFile): ts.Node | undefined => {
  const lead = /^\s*(?:(?:[}\])?:]|\.(?!\.)|else\b)\s*)*/.exec(code)?.[0].length ?? 0
  const start = (file.getLineStarts()[line] ?? 0) + lead
  const places: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    const first = ts.isPropertyAccessExpression(node) && code[lead - 1] === '.' ? node.name : node
    if (first.getStart(file) === start && isPlace(node)) places.push(node)
    if (node.pos <= start && start < node.end) ts.forEachChild(node, visit)
  }
  ts.forEachChild(file, visit)
  const endsHere = ({ end }: ts.Node) => file.getLineAndCharacterOfPosition(end).line === line
  return places.find(endsHere) ?? places[0]
}

const isReadable = ({ text }: Mutant): boolean =>
  ts.transpileModule(text, { reportDiagnostics: true }).diagnostics?.length === 0
