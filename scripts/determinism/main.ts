import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundle } from '../bundle.js'

/**
 * What recordings come to, replayed and traded in, on each supported version of Node, as the package `node` of npm brings
 * it: it must be the same everywhere. Ends with 1 where it is not.
 */
const versions = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['20', '22', '24']

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-determinism-'))
try {
  const [program = ''] = bundle(root, ['scripts/determinism/program.ts'], folder)
  const outputs = versions.map((version) => {
    const args = ['exec', '--yes', `--package=node@${version}`, '--', 'node']
    const run = (more: readonly string[]) =>
      spawnSync('npm', [...args, ...more], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
    console.log(`Node ${run(['--version']).stdout.trim()}`)
    const { stdout, status } = run([program])
    if (status !== 0) process.exitCode = 1
    return stdout
  })
  console.log(outputs[0] ?? '')
  for (const [i, version] of versions.entries()) {
    const isSame = outputs[i] === outputs[0]
    if (!isSame) process.exitCode = 1
    console.log(`Node ${version}: ${isSame ? 'the same' : `another result\n${outputs[i] ?? ''}`}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
