import ts from 'typescript'

const printer = ts.createPrinter({ removeComments: true })

/** An interface that only extends, as those of events and venues do, hides what its users see: the fields. */
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

/** A declaration of a `.d.ts` without its comments. */
export const declarationText = (declaration: ts.Declaration, checker: ts.TypeChecker): string => {
  if (ts.isInterfaceDeclaration(declaration) && declaration.members.length === 0)
    return withFields(declaration, checker)
  const whole = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer.printNode(ts.EmitHint.Unspecified, whole, declaration.getSourceFile())
}
