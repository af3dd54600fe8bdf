import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import ts from 'typescript'
import { install } from '../../scripts/package/whereInstalled.js'
import { examplesOf, pages, root, SAMPLES, isShown, type Example } from './examples.js'

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-examples-'))
const installed = join(folder, 'node_modules/aster-rx')
const preload = join(folder, 'simulatedVenues.mjs')

/** The programs of a page stand in a folder of their own, and run there in their order. */
const homeOf = (page: string) => join(folder, page.replaceAll(/\W/g, '-'))
const sourceOf = (page: string, { language }: Example, i: number) => join(homeOf(page), `${i + 1}.${language}`)
/** A test of Jest is a module of CommonJS, as Jest runs it without further options. */
const isOfJest = ({ at }: Example) => at.endsWith('.test.ts')
const programOf = (...where: Parameters<typeof sourceOf>) =>
  sourceOf(...where).replace(/\.ts$/, isOfJest(where[1]) ? '.test.cjs' : '.mjs')

const all = pages.flatMap((page) => examplesOf(page).map((example, i) => ({ page, example, i })))

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  types: ['node', 'jest'],
  typeRoots: [join(root, 'node_modules/@types')],
}

/** Whether somebody has built it since the sources were changed, as `npm test` does. */
const isBuilt = (): boolean => {
  const built = statSync(join(root, 'dist/esm/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
  const sources = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  return sources.every((name) => statSync(join(root, 'lib', name)).mtimeMs <= built)
}

beforeAll(() => {
  if (!isBuilt()) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' })
  install(folder)
  cpSync(join(root, 'spec/documents/simulatedVenues.mjs'), preload)
  // As the README has it done.
  for (const page of pages) cpSync(join(installed, 'samples'), join(homeOf(page), 'samples'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const { page, example, i } of all) {
    const { code, language } = example
    writeFileSync(sourceOf(page, example, i), code)
    const module = isOfJest(example) ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext
    const { outputText } = ts.transpileModule(code, { compilerOptions: { ...options, module } })
    if (language === 'ts') writeFileSync(programOf(page, example, i), outputText)
  }
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('each compiles against the declarations of the package', () => {
  const typed = all.filter(({ example }) => example.language === 'ts')
  const program = ts.createProgram(
    typed.map(({ page, example, i }) => sourceOf(page, example, i)),
    options,
  )
  const wrong = typed.flatMap(({ page, example, i }) => {
    const file = program.getSourceFile(sourceOf(page, example, i))
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${example.at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
  })
  expect(wrong).toEqual([])
})

/** It says itself whether it is right. */
const isTest = (code: string) => /^test\(/m.test(code)

test('each says what it prints, or is a test, or quotes a sample, or says why it is not run', () => {
  const mute = all.filter(
    ({ example: { output, quotes, unrun, code } }) =>
      [output, quotes, unrun].every((one) => one === undefined) && !isTest(code),
  )
  expect(mute.map(({ example }) => example.at)).toEqual([])
})

const quotes = all.flatMap(({ example: { at, code, quotes } }) => (quotes === undefined ? [] : [{ at, code, quotes }]))

test.each(quotes)('$at is $quotes, as it is in the package', ({ code, quotes }) => {
  expect(code).toBe(`// ${quotes}\n${readFileSync(join(installed, quotes), 'utf8')}`)
})

test('the page of samples has each of them', () => {
  const samples = readdirSync(join(installed, 'samples')).filter((name) => name.endsWith('.ts'))
  const shown = examplesOf(SAMPLES).map(({ at }) => at)
  expect(shown.toSorted()).toEqual(samples.map((name) => `samples/${name}`).toSorted())
})

test('samples/record.ts records what it replays', () => {
  const record = all.find(({ example: { at } }) => at === 'samples/record.ts')
  if (record === undefined) throw new Error('it is not on the page of samples')
  const { page, example, i } = record
  const run = { cwd: homeOf(page), encoding: 'utf8' } as const
  const file = execFileSync(process.execPath, [programOf(page, example, i)], run).trim()
  const [original, copy] = [join(installed, 'samples/recordings/asterFutures-btcusdt.txt.gz'), file].map((path) =>
    gunzipSync(readFileSync(path)).toString('utf8').split('\n'),
  )
  rmSync(join(file, '..'), { recursive: true })
  expect(copy?.filter((line) => !line.includes('"_tag":"Source"') && !line.includes('"_tag":"Closed"'))).toEqual(
    original,
  )
})

/** The account of a simulated venue, as samples are told of it. */
const account = {
  ASTER_USER: `0x${'a'.repeat(40)}`,
  ASTER_KEY: `0x${'1'.padStart(64, '0')}`,
  BINGX_KEY: 'key',
  BINGX_SECRET: 'secret',
}

/** Jest, for a folder as it comes. */
const jestIn = (rootDir: string) => [
  join(root, 'node_modules/jest/bin/jest.js'),
  ...['--rootDir', rootDir, '--config', '{"testMatch":["**/*.test.cjs"],"transform":{}}', '--runTestsByPath'],
]

/** Runs a program to its end, or, where it is live, until it has printed what it should; says what is wrong with it. */
const wrongWith = async (page: string, example: Example, i: number): Promise<readonly string[]> => {
  const { at, way } = example
  const isLive = way === 'live'
  const before = isLive ? ['--import', preload] : isOfJest(example) ? jestIn(homeOf(page)) : []
  const child = spawn(process.execPath, [...before, programOf(page, example, i)], {
    cwd: homeOf(page),
    env: { ...process.env, ...account },
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
      if (isLive && isShown(example, said.stdout)) child.kill('SIGKILL')
    })
  const ending = setTimeout(() => child.kill('SIGKILL'), 60_000)
  const [status] = (await once(child, 'close')) as readonly unknown[]
  clearTimeout(ending)
  const hasEnded = status === 0 && (said.stderr === '' || isOfJest(example))
  const isRight = isShown(example, said.stdout) && (isLive || hasEnded)
  return isRight ? [] : [`${at}: ${JSON.stringify({ status, ...said })}`]
}

const run = all.filter(({ example: { quotes, unrun } }) => quotes === undefined && unrun === undefined)

test.each([...new Set(run.map(({ page }) => page))])(
  'what %s has runs, and prints what it says',
  async (which) => {
    const wrong: string[] = []
    for (const { page, example, i } of run) if (page === which) wrong.push(...(await wrongWith(page, example, i)))
    expect(wrong).toEqual([])
  },
  600_000,
)
