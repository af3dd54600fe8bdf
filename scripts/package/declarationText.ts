import ts from 'typescript'

const printer = ts.createPrinter({ removeComments: true })

/** An interface that hides what its users see, as those of events and venues do, with its fields. */
const withFields = (declaration: ts.InterfaceDeclaration, checker: ts.TypeChecker): string => {
  const fields = checker.getPropertiesOfType(checker.getTypeAtLocation(declaration)).map((field) => {
    const type = checker.typeToString(checker.getTypeOfSymbol(field), declaration, ts.TypeFormatFlags.NoTruncation)
    return `'${field.name}'${field.flags & ts.SymbolFlags.Optional ? '?' : ''}: ${type}`
  })
  const parameters = declaration.typeParameters?.map((parameter) => parameter.getText()).join(', ')
  const head = `interface ${declaration.name.text}${parameters === undefined ? '' : `<${parameters}>`}`
  // Names that the file does not import come with the file that they are in.
  return `${head} {\n${fields.sort().join('\n')}\n}`.replace(/import\("\.[^"]*"\)\./g, '')
}

/** It says itself nothing of what it inherits: that is all it has, or stands in a table that is no type of its own. */
const hidesFields = ({ members, heritageClauses }: ts.InterfaceDeclaration): boolean =>
  members.length === 0 || heritageClauses?.some((clause) => /\btypeof\b/.test(clause.getText())) === true

/** A declaration of a `.d.ts` without its comments. */
export const declarationText = (declaration: ts.Declaration, checker: ts.TypeChecker): string => {
  if (ts.isInterfaceDeclaration(declaration) && hidesFields(declaration)) return withFields(declaration, checker)
  const whole = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer.printNode(ts.EmitHint.Unspecified, whole, declaration.getSourceFile())
}
