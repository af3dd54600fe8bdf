import ts from 'typescript'

/** One small change of a source file. */
export interface Mutant {
  readonly line: number
  readonly original: string
  readonly changed: string
  /** The whole file with the change in it. */
  readonly text: string
}

const operators: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '++': ['--'],
  '--': ['++'],
}

/** Another text in the place of a node. */
export interface Change {
  readonly from: ts.Node
  readonly to: string
  /** What to say, where the change is a small part of the node. */
  readonly label?: readonly [original: string, changed: string]
}

/**
 * Every mutant of a file: comparisons flipped and moved by one, `&&` and `||` exchanged, signs, steps and orders turned
 * around, conditions forced both ways, branches and cases dropped.
 */
export const mutantsOf = (fileName: string, text: string): readonly Mutant[] => {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true)
  const found = new Map<string, Mutant>()

  const add = (change: Change): void => {
    const mutant = mutantOf(change, file)
    if (mutant.text !== text && !found.has(mutant.text)) found.set(mutant.text, mutant)
  }

  const visit = (node: ts.Node): void => {
    changesOf(node, file).forEach(add)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...found.values()]
}

/** A file with a change in it; with what is replaced by nothing goes the comma after it. */
export const mutantOf = ({ from, to, label }: Change, file: ts.SourceFile): Mutant => {
  const [original, changed] = label ?? [from.getText(file), to]
  const start = from.getStart(file)
  const rest = file.text.slice(from.end)
  return {
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    original: brief(original),
    changed: brief(changed),
    text: file.text.slice(0, start) + to + (to === '' ? rest.replace(/^\s*,/, '') : rest),
  }
}

const brief = (code: string): string => {
  const flat = code.replace(/\s+/g, ' ')
  return flat === '' ? 'nothing' : flat.length > 90 ? `${flat.slice(0, 89)}…` : flat
}

/** The small changes of one node, without those of its parts. */
export const changesOf = (node: ts.Node, file: ts.SourceFile): readonly Change[] => {
  const code = (of: ts.Node) => of.getText(file)
  if (ts.isBinaryExpression(node)) {
    const changes = (operators[code(node.operatorToken)] ?? []).map((operator) => ({
      from: node,
      to: `${code(node.left)} ${operator} ${code(node.right)}`,
    }))
    return code(node.operatorToken) === '-'
      ? [...changes, { from: node, to: `${code(node.right)} - ${code(node.left)}` }]
      : changes
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const operator = ts.tokenToString(node.operator) ?? ''
    const operand = code(node.operand)
    if (ts.isLiteralTypeNode(node.parent)) return []
    if (operator === '!' || operator === '-') return [{ from: node, to: `(${operand})` }]
    return (operators[operator] ?? []).map((other) => ({ from: node, to: other + operand }))
  }
  if (ts.isPostfixUnaryExpression(node)) {
    const others = operators[ts.tokenToString(node.operator) ?? ''] ?? []
    return others.map((other) => ({ from: node, to: code(node.operand) + other }))
  }
  if (ts.isIfStatement(node)) {
    const { thenStatement, elseStatement } = node
    return [
      { from: node, to: code(thenStatement) },
      { from: node, to: elseStatement === undefined ? '' : code(elseStatement) },
      ...(elseStatement === undefined
        ? []
        : [
            { from: thenStatement, to: '{}' },
            { from: elseStatement, to: '{}' },
          ]),
    ]
  }
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].map((branch) => ({ from: node, to: `(${code(branch)})` }))
  if (ts.isWhileStatement(node)) return [{ from: node.expression, to: 'false' }]
  if (ts.isForStatement(node) && node.condition !== undefined) return [{ from: node.condition, to: 'false' }]
  if (ts.isForOfStatement(node)) return [{ from: node.statement, to: '{}' }]
  if (ts.isCaseClause(node)) return [{ from: node, to: '' }]
  if (ts.isCallExpression(node) && node.arguments.length === 2 && isComparison(node, code)) {
    const [first, second] = node.arguments.map(code)
    return [{ from: node, to: `${code(node.expression)}(${second ?? ''}, ${first ?? ''})` }]
  }
  return swaps(node, file)
}

/** A call that says which of its two arguments comes first, where that matters. */
const isComparison = ({ expression, parent }: ts.CallExpression, code: (of: ts.Node) => string): boolean =>
  /^compare/.test(code(expression)) && !/=== 0$/.test(code(parent))

/** Two statements, one after the other, that call different things: in the other order. */
const swaps = (node: ts.Node, file: ts.SourceFile): readonly Change[] => {
  if (!ts.isBlock(node)) return []
  const code = (of: ts.Node) => of.getText(file)
  const body = (statements: readonly ts.Statement[]) => `{\n${statements.map(code).join('\n')}\n}`
  return node.statements.flatMap((statement, i): readonly Change[] => {
    const next = node.statements[i + 1]
    const [one, two] = [calleeOf(statement), next && calleeOf(next)]
    if (next === undefined || one === undefined || two === undefined || one === two) return []
    const swapped = [...node.statements.slice(0, i), next, statement, ...node.statements.slice(i + 2)]
    const label = [`${code(statement)} ${code(next)}`, `${code(next)} ${code(statement)}`] as const
    return [{ from: node, to: body(swapped), label }]
  })
}

/** The name of what a statement calls. */
const calleeOf = (statement: ts.Statement): string | undefined => {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return undefined
  const { expression } = statement.expression
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
}
