import { format, resolveConfig } from 'prettier'
import ts from 'typescript'
import { declarationText } from './declarationText.js'
import { entries } from './entries.js'

export const API_REPORT = 'docs/public-api.md'

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  // What users need not have: the declarations say all themselves.
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
}

const isType = (declaration: ts.Declaration): boolean =>
  ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassDeclaration(declaration)

/** What an entry's name stands for: with `export type { Trade }` the interface, not the codec of the same name. */
const declarationsOf = (name: ts.Symbol, checker: ts.TypeChecker): readonly ts.Declaration[] => {
  const { declarations = [] } = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name
  return name.declarations?.every(ts.isTypeOnlyImportOrExportDeclaration) ? declarations.filter(isType) : declarations
}

/**
 * Every name that the built entries export, with its declaration, and the types behind these.
 *
 * @throws Error with what TypeScript finds wrong in the declarations.
 */
export const apiReport = async (): Promise<string> => {
  const paths = entries.map(({ file }) => `dist/esm/${file}.d.ts`)
  const program = ts.createProgram(paths, options)
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes('dist/esm/'))
  const wrong = own.flatMap((file) => program.getSemanticDiagnostics(file))
  if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, ts.createCompilerHost(options)))

  const checker = program.getTypeChecker()
  const exported = entries.map(({ name }, i) => {
    const source = program.getSourceFile(paths[i] ?? '')
    const names = source && checker.getSymbolAtLocation(source)
    if (names === undefined) throw new Error(`${name} exports nothing`)
    return [name, checker.getExportsOfModule(names).flatMap((symbol) => declarationsOf(symbol, checker))] as const
  })
  const known = new Set(exported.flatMap(([, declarations]) => declarations))
  const behind = own
    .flatMap(({ statements }): readonly ts.Node[] => statements)
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node))
    .filter((declaration) => !known.has(declaration))

  const sections = [...exported, ['Behind these, without a name of their own', behind] as const].map(
    ([title, declarations]) => {
      const texts = declarations.map((declaration) => declarationText(declaration, checker))
      return `## ${title}\n\n\`\`\`ts\n${texts.sort().join('\n\n')}\n\`\`\`\n`
    },
  )
  const intro = 'What the built package declares, written by `npm run api`: a change of it is a change for users.'
  const text = `# Public API\n\n${intro}\n\n${sections.join('\n')}`
  return format(text, { ...(await resolveConfig(API_REPORT)), parser: 'markdown' })
}
