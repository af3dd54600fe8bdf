import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildOptions } from 'esbuild'
import { bundle } from '../bundle.js'

/** A program that loads ES modules and CommonJS modules of the package, and two entries, and says how many they are. */
const program = (required: string): string => `
  import { ok, strictEqual } from 'node:assert/strict'
  import { createRequire } from 'node:module'
  import * as imported from 'aster-rx'
  const required = ${required}('aster-rx/core')
  const copies = [imported, required]

  const fetch = async () => ({
    status: 400,
    headers: { get: () => null },
    text: async () => '{"code":-1121,"msg":"Invalid symbol."}',
  })
  const rests = copies.map(({ createRest, asterFutures }) => createRest({ venue: asterFutures, fetch }))
  const spent = []
  for (const [i, { depthSnapshot }] of copies.entries()) {
    const snapshot$ = depthSnapshot(rests[i], { symbol: 'NOSUCH' })
    const error = await new Promise((resolve, reject) => snapshot$.subscribe({ error: resolve, complete: reject }))
    for (const { RestError } of copies) ok(error instanceof RestError)
    const [first, second] = rests.map((rest) => rest.usage().used)
    strictEqual(first, second)
    spent.push(first)
  }
  ok(spent[0] > 0)
  strictEqual(spent[1], 2 * spent[0])
  for (const { RestError } of copies) ok(!(new Error('RestError') instanceof RestError))
  console.log(new Set(copies.map(({ createRest }) => createRest)).size)`

/** The program for Node, and for hosts that have its modules. */
export const importAndRequire = program('createRequire(import.meta.url)')
const inBundle = program('require')

interface Way {
  readonly how: string
  /** How many copies are loaded. */
  readonly copies: 1 | 2
  readonly code: string
  readonly flags?: readonly string[]
  /** How it is bundled, if it is. */
  readonly options?: BuildOptions
}

const ways: readonly Way[] = [
  { how: 'Node', copies: 1, code: importAndRequire },
  { how: 'Node without module-sync', copies: 2, code: importAndRequire, flags: ['--no-experimental-require-module'] },
  { how: 'a bundle for Node', copies: 2, code: inBundle, options: { platform: 'node' } },
  // There RxJS is loaded twice, too.
  {
    how: 'a bundle for browsers',
    copies: 2,
    code: inBundle,
    options: { platform: 'browser', external: ['node:*', 'tinyglobby'] },
  },
]

/** What `require` and `import` of the package have to share they share, where it is installed: says how many they are. */
export const identities = (folder: string): readonly string[] =>
  ways.map(({ how, copies, code, flags = [], options }) => {
    writeFileSync(join(folder, 'both.mjs'), code)
    const [file = 'both.mjs'] = options === undefined ? [] : bundle(folder, ['both.mjs'], join(folder, 'out'), options)
    const said = execFileSync(process.execPath, [...flags, file], { cwd: folder, encoding: 'utf8' })
    if (said !== `${copies}\n`) throw new Error(`${how}: expected ${copies} copies of the package, came ${said}`)
    return `import and require in ${how}: ${copies === 1 ? 'one copy' : 'two copies, one identity'}`
  })
