import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from '../helpers/bundled.js'

const root = join(__dirname, '../..')
const program = bundled('scripts/release/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-release-'))
const [origin, seed] = [join(folder, 'origin.git'), join(folder, 'seed')]
let clones = 0

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = {
  // What npm tells the programs that it runs is not meant for an npm of theirs.
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@host', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@host' },
}

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** Stands for the checks of the package, which build it: says that it ran, and fails where a file says so. */
const check = `
import { existsSync } from 'node:fs'
console.log('checked')
if (existsSync('stale')) throw new Error('docs/public-api.md is not what the package declares')
`

interface Manifest {
  readonly version: string
  readonly scripts: Readonly<Record<string, string>>
}

interface Lock {
  readonly version: string
  readonly packages: Readonly<Record<string, { readonly version: string }>>
}

const textOf = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8')
const manifestOf = (cwd: string) => JSON.parse(textOf(cwd, 'package.json')) as Manifest
const lockOf = (cwd: string) => JSON.parse(textOf(cwd, 'package-lock.json')) as Lock

beforeAll(() => {
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', origin)
  git(folder, 'clone', '--quiet', origin, seed)
  for (const file of ['CHANGELOG.md', 'package-lock.json']) cpSync(join(root, file), join(seed, file))
  const manifest = manifestOf(root)
  const scripts = { ...manifest.scripts, package: 'node check.mjs' }
  writeFileSync(join(seed, 'package.json'), `${JSON.stringify({ ...manifest, version: '0.9.0', scripts }, null, 2)}\n`)
  writeFileSync(join(seed, 'CHANGELOG.md'), `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One thing.\n`)
  writeFileSync(join(seed, 'check.mjs'), check)
  git(seed, 'add', '--all')
  git(seed, 'commit', '--quiet', '--message', 'Begin')
  git(seed, 'push', '--quiet', 'origin', 'HEAD:main')
})

const clone = () => {
  const home = join(folder, `clone${(clones += 1)}`)
  git(folder, 'clone', '--quiet', origin, home)
  return home
}

const release = (cwd: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Everything that a release may change, here and where it was cloned from. */
const stateOf = (home: string) => ({
  log: git(home, 'log', '--oneline', '--all'),
  tags: git(home, 'tag'),
  status: git(home, 'status', '--porcelain'),
  origin: git(origin, 'for-each-ref'),
})

const commit = (home: string, file: string, text: string) => {
  writeFileSync(join(home, file), text)
  git(home, 'add', '--all')
  git(home, 'commit', '--quiet', '--message', 'Change')
}

/** Leaves a clone as it is. */
const asIs = () => undefined

const today = () => new Date().toISOString().slice(0, 10)

test('a release is one commit and one tag, and stays here', () => {
  const home = clone()
  const before = { ...stateOf(home), day: today() }
  const { status, stdout, stderr } = release(home, '0.10.0')
  const days = [before.day, today()]
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^checked$/m)
  expect(stdout).toContain('npm publish --provenance')
  expect(stdout).toContain('git push --follow-tags')

  expect(git(home, 'log', '--format=%s')).toBe('Release 0.10.0\nBegin')
  expect(git(home, 'diff', '--name-only', 'HEAD~1').split('\n')).toEqual([
    'CHANGELOG.md',
    'package-lock.json',
    'package.json',
  ])
  expect(git(home, 'cat-file', '-t', 'v0.10.0')).toBe('tag')
  expect(git(home, 'rev-parse', 'v0.10.0^{commit}')).toBe(git(home, 'rev-parse', 'HEAD'))
  expect(stateOf(home)).toMatchObject({ status: '', tags: 'v0.10.0', origin: before.origin })

  expect(
    days.map((day) => `# Changelog\n\n## [Unreleased]\n\n## [0.10.0] - ${day}\n\n### Added\n\n- One thing.\n`),
  ).toContain(textOf(home, 'CHANGELOG.md'))
  expect(manifestOf(home)).toEqual({ ...manifestOf(seed), version: '0.10.0' })
  const lock = lockOf(home)
  expect([lock.version, lock.packages['']?.version]).toEqual(['0.10.0', '0.10.0'])
  expect(Object.keys(lock.packages)).toEqual(Object.keys(lockOf(seed).packages))

  // The next one has nothing to say yet, and then is higher by its number, not by its text.
  expect(release(home, '0.11.0').stderr).toContain('expected changes under Unreleased, came none')
  const changelog = textOf(home, 'CHANGELOG.md')
  commit(home, 'CHANGELOG.md', changelog.replace('[Unreleased]\n', '[Unreleased]\n\n### Fixed\n\n- Another.\n'))
  expect(release(home, '0.9.1').stderr).toContain('expected a version above 0.10.0, which is released, came 0.9.1')
  expect(release(home, '0.10.0').stderr).toContain('expected a version above 0.10.0')
  expect(release(home, '0.10.1')).toMatchObject({ status: 0, stderr: '' })
  expect(git(home, 'tag')).toBe('v0.10.0\nv0.10.1')
})

test('the first release may have the version that package.json had from the start', () => {
  const home = clone()
  expect(release(home, '0.9.0')).toMatchObject({ status: 0, stderr: '' })
  expect(git(home, 'diff', '--name-only', 'HEAD~1')).toContain('CHANGELOG.md')
  expect(manifestOf(home).version).toBe('0.9.0')
})

describe('refused, with nothing changed:', () => {
  test.each<readonly [what: string, args: readonly string[], reason: string, prepare: (home: string) => void]>([
    ['no version', [], "expected a version like 1.2.3, came ''", asIs],
    ['a version of two numbers', ['1.2'], "expected a version like 1.2.3, came '1.2'", asIs],
    ['a tag', ['v1.2.3'], "expected a version like 1.2.3, came 'v1.2.3'", asIs],
    ['a zero before a number', ['1.02.3'], "expected a version like 1.2.3, came '1.02.3'", asIs],
    ['a lower version', ['0.8.9'], 'expected a version that is not below 0.9.0 of package.json, came 0.8.9', asIs],
    [
      'a file that was changed',
      ['1.0.0'],
      'expected everything to be committed, came\n M check.mjs',
      (home) => writeFileSync(join(home, 'check.mjs'), ''),
    ],
    [
      'a new file',
      ['1.0.0'],
      'expected everything to be committed, came\n?? new.ts',
      (home) => writeFileSync(join(home, 'new.ts'), ''),
    ],
    [
      'nothing under Unreleased',
      ['1.0.0'],
      'expected changes under Unreleased, came none',
      (home) => commit(home, 'CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n### Added\n'),
    ],
    ['a tag that is there', ['1.0.0'], 'the tag v1.0.0 is there already', (home) => git(home, 'tag', 'v1.0.0')],
    [
      'a report of the API that is out of date',
      ['1.0.0'],
      'docs/public-api.md is not what the package declares',
      (home) => commit(home, 'stale', ''),
    ],
    [
      'a commit that a hook refuses',
      ['1.0.0'],
      'no commits today',
      (home) => {
        const hook = join(home, '.git/hooks/pre-commit')
        writeFileSync(hook, '#!/bin/sh\necho no commits today >&2\nexit 1\n', { mode: 0o755 })
      },
    ],
    [
      'a tag that cannot be made',
      ['1.0.0'],
      'v1.0.0.lock',
      (home) => writeFileSync(join(home, '.git/refs/tags/v1.0.0.lock'), ''),
    ],
  ])('%s', (_, args, reason, prepare) => {
    const home = clone()
    prepare(home)
    const before = stateOf(home)
    const { status, stderr } = release(home, ...args)
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
    expect(stateOf(home)).toEqual(before)
  })
})
