/**
 * Makes a release of what is committed, as a commit and a tag, and pushes nothing:
 *
 *     npm run release -- 1.2.3
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { released, releasedVersions } from './changelog.js'

const CHANGELOG = 'CHANGELOG.md'
const CHANGED = [CHANGELOG, 'package.json', 'package-lock.json']

const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trimEnd()
const npm = (...args: readonly string[]) => execFileSync('npm', args, { stdio: ['ignore', 'inherit', 'inherit'] })

/** Compares versions by their numbers. */
const { compare } = new Intl.Collator('en', { numeric: true })

const checkVersion = (version: string, current: string, changelog: string): void => {
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Error(`expected a version like 1.2.3, came '${version}'`)
  const [latest] = [...releasedVersions(changelog)].sort(compare).slice(-1)
  if (latest !== undefined && compare(version, latest) <= 0)
    throw new Error(`expected a version above ${latest}, which is released, came ${version}`)
  // The first release may be what package.json says from the start.
  if (compare(version, current) < 0)
    throw new Error(`expected a version that is not below ${current} of package.json, came ${version}`)
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`the tag v${version} is there already`)
}

const checkClean = (): void => {
  const changes = git('status', '--porcelain')
  if (changes !== '') throw new Error(`expected everything to be committed, came\n${changes}`)
}

const release = (version: string): void => {
  const changelog = readFileSync(CHANGELOG, 'utf8')
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  checkVersion(version, current, changelog)
  checkClean()
  const written = released(changelog, version, new Date().toISOString().slice(0, 10))

  // Among other things, that docs/public-api.md is what the package declares.
  npm('run', 'package')
  checkClean()

  const head = git('rev-parse', 'HEAD')
  try {
    writeFileSync(CHANGELOG, written)
    npm('version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts')
    git('commit', '--quiet', '--message', `Release ${version}`, '--', ...CHANGED)
    git('tag', '--annotate', `v${version}`, '--message', version)
  } catch (error) {
    git('reset', '--quiet', '--soft', head)
    git('checkout', '--quiet', head, '--', ...CHANGED)
    throw error
  }
}

const [version = ''] = process.argv.slice(2)
try {
  release(version)
  console.log(`
${version} is committed and tagged, and nobody else has it yet. Look at it with \`git show\`; then

    git push --follow-tags

has it published by .github/workflows/release.yml, which tests it again and runs

    npm publish --provenance

To take it back before that: git tag --delete v${version} && git reset --hard HEAD~1`)
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
