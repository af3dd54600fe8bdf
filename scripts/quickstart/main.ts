import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { pack } from '../package/pack.js'
import { projects } from './projects.js'
import { runProject } from './runProject.js'

// What the README says, typed in empty folders with nothing but Node and the packed package, and what is printed.
// npm run quickstart -- --nodes 20,22,24 --projects esm,cjs,jest,vite --transcripts FOLDER

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '20,22,24' },
    projects: { type: 'string', default: Object.keys(projects).join() },
    transcripts: { type: 'string' },
  },
})

/** The program of a Node of this version, which is installed where it is not the one that runs this. */
const nodeOf = (version: number): string => {
  if (Number(process.versions.node.split('.')[0]) === version) return process.execPath
  const args = ['exec', '--yes', `--package=node@${version}`, '--', 'node', '--print', 'process.execPath']
  return execFileSync('npm', args, { encoding: 'utf8' }).trim()
}

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-quickstart-'))
try {
  const tarball = pack(folder)
  let port = 20_000 + (process.pid % 20_000)
  for (const name of values.projects.split(',')) {
    const project = projects[name]
    if (project === undefined) throw new Error(`expected one of ${Object.keys(projects).join(', ')}, came ${name}`)
    const transcripts: string[] = []
    for (const node of values.nodes.split(',').map(Number)) {
      const home = join(folder, `${name}-${node}`)
      mkdirSync(home)
      const steps = project({ tarball: join('..', basename(tarball.path)), node, ports: [port, port + 1] })
      port += 3
      const { wrong, transcript } = await runProject(home, nodeOf(node), steps)
      transcripts.push(transcript)
      console.log(`${name}, Node ${node}: ${wrong === undefined ? 'clean' : wrong}`)
      if (wrong !== undefined) process.exitCode = 1
    }
    if (values.transcripts === undefined) continue
    mkdirSync(values.transcripts, { recursive: true })
    writeFileSync(join(values.transcripts, `${name}.txt`), transcripts.join('\n'))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
