import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { WireField } from '../../lib/codecs/WireField.js'

const lib = join(__dirname, '../../lib')
const probe = join(lib, 'probe.ts')
const probed = `
  import type { AsterFutures, Client } from './index.js'
  declare const client: Client<AsterFutures>
  export const trades$ = client.aggTrade$
  export const klines$ = client.stream('btcusdt@kline_1m')
  export const prices$ = client.stream('!markPrice@arr')
  export const orders$ = client.orderUpdate$
  export const named$ = client.stream('kline', { symbol: 'BTCUSDT', interval: '1m' })
`
const mistaken = join(lib, 'mistaken.ts')
const mistakes: readonly (readonly [line: string, meant: string])[] = [
  ["client.stream('BTCUSDT@trade')", '"btcusdt@trade"'],
  ["client.stream('btcusdt@Trade')", '"btcusdt@trade"'],
  ['client.stream(`${symbol}@trade`)', '`${Lowercase<string>}@trade`'],
  ["client.stream('btcusdt@depth@7ms')", '"btcusdt@depth" | "btcusdt@depth@0ms" | "btcusdt@depth@100ms"'],
  ["client.stream('btcusdt@kline_7m')", '"btcusdt@kline_1m" | "btcusdt@kline_3m"'],
  ["client.stream('!markprice@arr')", '"!markPrice@arr"'],
  ["client.stream('kline', { symbol, interval: '7m' })", '"1m" | "3m" | "5m"'],
]
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  declaration: true,
  emitDeclarationOnly: true,
  skipLibCheck: true,
  types: ['node'],
}

/** A program of the declarations that users get: what is documented in the sources alone does not reach them. */
const declared = (): ts.Program => {
  const host = ts.createCompilerHost(options)
  const texts = new Map([
    [probe, probed],
    [
      mistaken,
      [
        "import type { AsterFutures, Client } from './index.js'; declare const client: Client<AsterFutures>; declare const symbol: string",
        ...mistakes.map(([line]) => line),
      ].join('\n'),
    ],
  ])
  ts.createProgram([join(lib, 'index.ts')], options, host).emit(undefined, (name, text) => texts.set(name, text))
  return ts.createProgram([probe, mistaken], options, {
    ...host,
    fileExists: (name) => texts.has(name) || (!texts.has(name.replace('.ts', '.d.ts')) && host.fileExists(name)),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, language) => {
      const text = texts.get(name)
      return text === undefined ? host.getSourceFile(name, language) : ts.createSourceFile(name, text, language)
    },
  })
}

const program = declared()
const checker = program.getTypeChecker()

/** What a file exports, by name. */
const exportsOf = (file: string): ReadonlyMap<string, ts.Symbol> => {
  const source = program.getSourceFile(file)
  const symbol = source && checker.getSymbolAtLocation(source)
  return new Map(symbol && checker.getExportsOfModule(symbol).map((one) => [one.name, one]))
}
const exported = exportsOf(join(lib, 'index.d.ts'))

interface Event {
  readonly name: string
  readonly fields: readonly WireField[]
}

const isEvent = (codec: object): codec is Event => 'fields' in codec

/** Every payload, and every part of one, that is made of a table. */
const tabled = (folder: string) =>
  readdirSync(join(lib, folder)).flatMap((file) => {
    const codecs = jest.requireActual<Readonly<Record<string, object>>>(join(lib, folder, file))
    return Object.entries(codecs).flatMap(([name, codec]) => (isEvent(codec) && codec.name === name ? [codec] : []))
  })
/** And the parameters and answers of calls. */
const events = [...tabled('events'), ...tabled('calls')]

test.each(events)('$name says of each field what it is, and its wire key', ({ name, fields }) => {
  const symbol = exported.get(name)
  if (symbol === undefined) throw new Error(`${name} is not exported`)
  const properties = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(symbol)))
  const said = properties.map((property): readonly [string, string] => {
    const text = ts.displayPartsToString(property.getDocumentationComment(checker))
    const [, about = '', keys = ''] = /^(\S+ [^]*?\S)\.? ((?:`\w+`(?: or )?)+)$/.exec(text) ?? []
    return [property.name, about === '' ? `no documentation with a wire key at its end: '${text}'` : keys]
  })
  const keys = fields.map(({ name, key, alias }): readonly [string, string] => [
    name,
    alias === undefined ? `\`${key}\`` : `\`${key}\` or \`${alias}\``,
  ])
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(keys))
})

test('a hover names the event, short', () => {
  const hovers = [...exportsOf(probe)].map(
    ([name, symbol]) => `${name}: ${checker.typeToString(checker.getTypeOfSymbol(symbol))}`,
  )
  expect(hovers).toEqual([
    'trades$: Observable<AggTrade>',
    'klines$: Observable<Kline>',
    'prices$: Observable<readonly MarkPrice[]>',
    'orders$: Observable<OrderUpdate>',
    'named$: Observable<Kline>',
  ])
})

test('a name that is no stream is one error, of one line, with what may have been meant', () => {
  const file = program.getSourceFile(mistaken)
  const errors = program.getSemanticDiagnostics(file).map(({ messageText, start = 0 }) => ({
    line: file?.getLineAndCharacterOfPosition(start).line,
    text: typeof messageText === 'string' ? messageText : messageText.messageText,
    isOneLine: typeof messageText === 'string',
  }))
  expect(errors).toEqual(mistakes.map((_, i) => ({ line: i + 1, text: expect.any(String) as string, isOneLine: true })))
  mistakes.forEach(([, meant], i) => {
    const shown = /.* type '(.*)'\.$/.exec(errors[i]?.text ?? '')?.[1] ?? ''
    for (const one of meant.split(' | ')) expect(shown.split(' | ')).toContain(one)
  })
})
