import { readFileSync } from 'node:fs'

const runs = []
let cleanups = []

/**
 * Lets a client do something against a simulated venue: what `run` gives is what came, and stands in the table behind the
 * client and its version; what it throws is told, and fails all.
 */
export const ran = (client, what, run) => runs.push({ client, what, run })

/** Is done when the present run has ended. */
export const after = (clean) => cleanups.push(clean)

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version

/** Longer than any run takes, in ms. */
const PATIENCE = 60_000

const cleaned = async () => {
  const all = cleanups
  cleanups = []
  for (const clean of all.reverse()) await Promise.resolve(clean()).catch(() => undefined)
}

const within = (promise) => {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('nothing came')), PATIENCE)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** One after another, those whose client and text have `part` in them; gives the lines of the table, and the failures. */
export const runAll = async (part) => {
  const lines = ['| client | what was run | what came |', '| --- | --- | --- |']
  const failures = []
  for (const { client, what, run } of runs) {
    if (!`${client} ${what}`.includes(part)) continue
    try {
      lines.push(`| ${client} ${versionOf(client)} | ${what} | ${await within(run())} |`)
    } catch (error) {
      failures.push(`${client}: ${what}\n${error instanceof Error ? error.stack : String(error)}`)
    }
    await cleaned()
  }
  return { lines, failures }
}
