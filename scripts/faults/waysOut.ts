import ts from 'typescript'
import { changesOf, type Change } from '../mutants.js'

type Within<Parent> = ts.Expression & { readonly parent: Parent }

/** A statement that can be missed: a block, a declaration or an import is part of something else. */
const isStatement = (node: ts.Node): node is ts.Statement => ts.isStatement(node) && !ts.isBlock(node)

/** One of several in a row: a property, an element, an argument. */
const isListed = ({ parent, pos }: ts.Node): boolean =>
  ts.isObjectLiteralExpression(parent) ||
  ts.isArrayLiteralExpression(parent) ||
  ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression.pos !== pos)

const isBranch = (node: ts.Node): node is Within<ts.ConditionalExpression> =>
  ts.isConditionalExpression(node.parent) && node.parent.condition !== node

const isChoice = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && ['&&', '||', '??'].includes(node.operatorToken.getText())

const isOperand = (node: ts.Node): node is Within<ts.BinaryExpression> => isChoice(node.parent)

/** The `a.name` of a call `a.name()`. */
const isChained = (node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node

/** Whether a mark can stand at it. */
export const isPlace = (node: ts.Node): boolean =>
  [isStatement, isListed, isBranch, isOperand, isChained, ts.isCaseClause].some((is) => is(node))

/**
 * How what stands there is taken out, each way alone; none where that would prove nothing, as for a declaration without
 * which a name is unknown.
 *
 * - A statement goes; of an `if` its `else` stays, of a call with another call as its only argument that one.
 * - A property, an argument, an element, a `case` and a call in a chain go.
 * - Of a choice (`? :`, `&&`, `||`, `??`, `Math.max`, `Math.min`) one part goes at a time.
 * - A flag is turned, a number is a thousand times as much, a list or a collection is empty, a call in a chain goes.
 * - What else a `return`, a `const` or an arrow computes is changed in each small way.
 */
export const waysOut = (node: ts.Node): readonly Change[] => {
  if (isBranch(node)) {
    const { whenTrue, whenFalse } = node.parent
    return [only(node.parent, whenTrue === node ? whenFalse : whenTrue)]
  }
  if (isOperand(node)) return [only(node.parent, node.parent.left === node ? node.parent.right : node.parent.left)]
  if (isChained(node)) return [{ from: node.parent, to: node.expression.getText() }]
  if (isListed(node)) return ofListed(node)
  if (ts.isCaseClause(node)) return [gone(node)]
  return isStatement(node) ? ofStatement(node) : []
}

const ofListed = (node: ts.Node): readonly Change[] => {
  const value = ts.isPropertyAssignment(node) ? node.initializer : node
  const found = ts.isPropertyAssignment(node) || ts.isArrowFunction(node) ? choices(value as ts.Expression) : []
  return isFlag(value) ? [...found, gone(node)] : orElse(found, gone(node))
}

const ofStatement = (node: ts.Statement): readonly Change[] => {
  const nothing = { from: node, to: '{}' }
  if (ts.isIfStatement(node)) return [{ from: node, to: node.elseStatement?.getText() ?? '{}' }]
  if (ts.isThrowStatement(node)) return [nothing]
  if (ts.isReturnStatement(node)) return node.expression === undefined ? [nothing] : computed(node.expression)
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ initializer }) => (initializer ? computed(initializer) : []))
  if (!ts.isExpressionStatement(node)) return []
  const { expression } = node
  if (ts.isBinaryExpression(expression)) return orElse(choices(expression.right), nothing)
  const [inner, ...others] = ts.isCallExpression(expression) ? expression.arguments : []
  const isWrapper = inner !== undefined && ts.isCallExpression(inner) && others.length === 0
  return isWrapper ? [nothing, { from: node, to: `{ ${inner.getText()} }` }] : [nothing]
}

const computed = (value: ts.Expression): readonly Change[] => {
  const found = choices(value)
  if (found.length > 0) return found
  const calls = chain(value)
  return calls.length > 0 ? calls : small(value)
}

/** The calls in a chain, each left out. */
const chain = (value: ts.Expression): readonly Change[] => {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return []
  const { expression } = value.expression
  // `Math.floor` is no chain.
  if (/^[A-Z]\w*$/.test(expression.getText())) return []
  return [{ from: value, to: expression.getText() }, ...chain(expression)]
}

/** The parts that a value is made of, each without the others, or without one. */
const choices = (value: ts.Expression): readonly Change[] => {
  const code = value.getText()
  const to = (text: string): Change => ({ from: value, to: text })
  if (ts.isParenthesizedExpression(value)) return choices(value.expression)
  if (ts.isConditionalExpression(value)) return [only(value, value.whenTrue), only(value, value.whenFalse)]
  if (isChoice(value)) return withoutOne(value)
  if (ts.isCallExpression(value) && /^Math\.(max|min)$/.test(value.expression.getText()))
    return value.arguments.map((part) => only(value, part))
  if (ts.isArrowFunction(value) && !ts.isBlock(value.body)) return computed(value.body)
  if (ts.isArrayLiteralExpression(value)) return [to('[]')]
  if (ts.isNewExpression(value)) return [to(`new ${value.expression.getText()}()`)]
  if (isFlag(value)) return [to(String(code === 'false'))]
  return /^[\d_.*+() ]+$/.test(code) ? [to(`1000 * (${code})`)] : []
}

const withoutOne = (value: ts.BinaryExpression): readonly Change[] => {
  const operator = value.operatorToken.getText()
  const parts = (part: ts.Expression): readonly ts.Expression[] =>
    isChoice(part) && part.operatorToken.getText() === operator ? [...parts(part.left), part.right] : [part]
  return parts(value).map((_, i, all) => ({
    from: value,
    to: all
      .toSpliced(i, 1)
      .map((part) => `(${part.getText()})`)
      .join(` ${operator} `),
  }))
}

const isFlag = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword

const only = (from: ts.Node, part: ts.Node): Change => ({ from, to: `(${part.getText()})` })

const gone = (from: ts.Node): Change => ({ from, to: '' })

const orElse = (changes: readonly Change[], other: Change) => (changes.length > 0 ? changes : [other])

const small = (node: ts.Node): readonly Change[] => {
  const found = [...changesOf(node, node.getSourceFile())]
  ts.forEachChild(node, (child) => {
    found.push(...small(child))
  })
  return found
}
