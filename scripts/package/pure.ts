import MagicString from 'magic-string'
import type { Plugin } from 'rollup'
import ts from 'typescript'

/** True of what a bundler drops by itself where nobody uses it. */
const isPlain = (node: ts.Expression): boolean => {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return isPlain(node.expression)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isPlain)
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (property) =>
        ts.isMethodDeclaration(property) ||
        ts.isShorthandPropertyAssignment(property) ||
        (ts.isPropertyAssignment(property) &&
          !ts.isComputedPropertyName(property.name) &&
          isPlain(property.initializer)),
    )
  return (
    ts.isLiteralExpression(node) || ts.isIdentifier(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)
  )
}

/**
 * Tells the bundlers of others that what a module declares may be dropped where nobody uses it. They cannot know that
 * a call, a spread or a read has no effect; of a function that is called at once, they believe it, its arguments being
 * none.
 */
export const pure: Plugin = {
  name: 'pure',
  transform: (code, id) => {
    const text = new MagicString(code)
    for (const statement of ts.createSourceFile(id, code, ts.ScriptTarget.Latest).statements) {
      if (!ts.isVariableStatement(statement)) continue
      for (const { initializer } of statement.declarationList.declarations) {
        if (initializer === undefined || isPlain(initializer)) continue
        text.appendLeft(initializer.pos, ' /* @__PURE__ */ (() => (').appendRight(initializer.end, '))()')
      }
    }
    return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
  },
}
