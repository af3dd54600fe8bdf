const UNRELEASED = '## [Unreleased]\n'

/** What stands under Unreleased, and what stands around it. */
const parts = (changelog: string): readonly [before: string, unreleased: string, after: string] => {
  const [before = '', rest, ...more] = changelog.split(UNRELEASED)
  if (rest === undefined || more.length > 0) throw new Error('CHANGELOG.md: expected one heading `## [Unreleased]`')
  const next = rest.search(/^## /m)
  return next < 0 ? [before, rest, ''] : [before, rest.slice(0, next), rest.slice(next)]
}

/** The versions that have a heading. */
export const releasedVersions = (changelog: string): readonly string[] =>
  [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(([, version = '']) => version)

/**
 * The changelog with what was unreleased under a version and its date, and nothing under Unreleased.
 *
 * @throws Error where nothing was changed since the last release.
 */
export const released = (changelog: string, version: string, date: string): string => {
  const [before, unreleased, after] = parts(changelog)
  if (unreleased.replace(/^#.*$/gm, '').trim() === '')
    throw new Error('CHANGELOG.md: expected changes under Unreleased, came none: say what users get')
  return `${before}${UNRELEASED}\n## [${version}] - ${date}\n${unreleased}${after}`
}
