import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { sayTimersLeft } from '../helpers/sayTimersLeft.js'

/** All that a page needs of its host beside the language: nothing here is Node's own. */
const names = [
  ...['WebSocket', 'fetch', 'AbortController', 'DecompressionStream', 'TextDecoder', 'TextEncoder', 'btoa'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'URL'],
]

/**
 * Opens a bundled page where there is nothing of Node, nor generated code, as under a strict content security policy.
 * Prints what it says, line by line, and makes it leave when standard input ends.
 */
const [file = '', given = '{}'] = process.argv.slice(2)
const page = {
  ...(JSON.parse(given) as object),
  leave: () => undefined as unknown,
  say: (...words: readonly string[]) => process.stdout.write(`${words.join(' ')}\n`),
}
const host = Object.fromEntries(names.map((name) => [name, Reflect.get(globalThis, name) as unknown]))
const context = createContext({ ...host, page }, { codeGeneration: { strings: false, wasm: false } })
runInContext(readFileSync(file, 'utf8'), context)
process.stdin.resume().once('end', () => {
  page.leave()
  void sayTimersLeft()
})
