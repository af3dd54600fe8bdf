import { released, releasedVersions } from '../../scripts/release/changelog.js'

const first = `# Changelog

Words.

## [Unreleased]

### Added

- One thing.
`

test('what is unreleased gets the version and the date, and nothing is left there', () => {
  expect(released(first, '0.1.0', '2026-11-27')).toBe(`# Changelog

Words.

## [Unreleased]

## [0.1.0] - 2026-11-27

### Added

- One thing.
`)
})

test('what was released before stays below', () => {
  const second = released(first, '0.1.0', '2026-11-27').replace(
    '## [Unreleased]\n',
    '## [Unreleased]\n\n### Fixed\n\n- Another thing.\n',
  )
  const text = released(second, '0.10.0', '2026-12-01')
  expect(text.split('\n').filter((line) => /^(## |- )/.test(line))).toEqual([
    '## [Unreleased]',
    '## [0.10.0] - 2026-12-01',
    '- Another thing.',
    '## [0.1.0] - 2026-11-27',
    '- One thing.',
  ])
  expect(text).not.toMatch(/\n\n\n/)
  expect(releasedVersions(text)).toEqual(['0.10.0', '0.1.0'])
})

test.each([
  ['nothing', ''],
  ['headings alone', '\n### Added\n\n### Fixed\n'],
])('%s under Unreleased is no release', (_, unreleased) => {
  const changelog = `# Changelog\n\n## [Unreleased]\n${unreleased}\n## [0.1.0] - 2026-11-27\n\n- One thing.\n`
  expect(() => released(changelog, '0.2.0', '2026-12-01')).toThrow('expected changes under Unreleased, came none')
})

test.each([
  ['none', '# Changelog\n\n## [0.1.0] - 2026-11-27\n'],
  ['two', `${first}\n## [Unreleased]\n`],
])('%s of the headings is no changelog', (_, changelog) => {
  expect(() => released(changelog, '0.2.0', '2026-12-01')).toThrow('expected one heading `## [Unreleased]`')
})
