import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { lookAt } from './lookAt.js'
import type { Step } from './Step.js'

/**
 * What nobody should have to read, whatever was typed. npm says what it fetches for once, and which scripts of others it
 * leaves alone.
 */
const DISTURBING = /npm (warn(?! (exec|install-scripts))|error)|deprecat|warning|console\.warn|vulnerabilit(?!ies$)/i

const LONGEST = 300_000

/** What there is at first: a Node. */
const empty: Step = { type: 'node --version && npm --version && ls -A', says: /^v\d+\.\d+\.\d+\n\d+\.\d+\.\d+\n$/ }

/** What came of a project. */
interface Outcome {
  /** The first step that did not go as it should, and what it said. */
  readonly wrong: string | undefined
  readonly transcript: string
}

/** Ends a server with all that it has started. */
const end = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  process.kill(-child.pid)
  await closed
}

/** Goes through the steps of a project in its folder, under a Node. */
export const runProject = async (home: string, node: string, steps: readonly Step[]): Promise<Outcome> => {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_(OPTIONS|PATH)$/i.test(name))),
    ...{ PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1', CI: 'true' },
    ...{ npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' },
  }
  const servers: ChildProcess[] = []

  const typed = async (line: string, says: RegExp, isServer: boolean) => {
    // A group of its own, so that all that it has started ends with it.
    const child = spawn('bash', ['-c', line], { cwd: home, env, detached: true })
    let output = ''
    const isSaid = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text
          if (isServer && says.test(output)) resolve()
        })
    })
    const closed = once(child, 'close') as Promise<[number | null]>
    if (isServer) servers.push(child)
    const late = setTimeout(LONGEST, [NaN], { ref: false })
    const [code] = await Promise.race([isServer ? isSaid.then(() => [0]) : closed, closed, late])
    return { output, isRight: code === 0 && says.test(output) && !DISTURBING.test(output) }
  }

  const done = async (step: Step) => {
    if ('file' in step) {
      mkdirSync(dirname(join(home, step.file)), { recursive: true })
      writeFileSync(join(home, step.file), step.text)
      return { line: `cat > ${step.file}`, output: step.text, isRight: true }
    }
    if ('open' in step) {
      const output = await lookAt(step.open, step.says)
      return { line: `chromium ${step.open}   # its console`, output, isRight: step.says.test(output) }
    }
    const { type, says, isServer = false } = step
    return { line: isServer ? `${type} &` : type, ...(await typed(type, says, isServer)) }
  }

  let transcript = ''
  let wrong: string | undefined
  try {
    for (const step of [empty, ...steps]) {
      const { line, output, isRight } = await done(step)
      transcript += `$ ${line}\n${output.trimEnd()}\n\n`
      if (isRight) continue
      wrong = `${line}\n${output}`
      break
    }
  } finally {
    await Promise.all(servers.map(end))
  }
  return { wrong, transcript }
}
