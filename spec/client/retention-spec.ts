import { spawnSync } from 'node:child_process'
import { bundled } from '../helpers/bundled.js'

const program = bundled('spec/client/retained.ts')

/** What a story leaves in a process of its own, in MB. */
const grown = (story: string): number => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', program, story], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const said = JSON.parse(stdout) as { readonly grown: number; readonly isSound: boolean }
  expect(said.isSound).toBe(true)
  return said.grown / 1e6
}

// The bounds are twice what was measured, or more, and far below what it was with views of frames and maps without end.
test.each([
  ['a synced book of 4,100 levels, after 26 MB of frames that touched each of them once', 'book', 4],
  ['20,000 unknown names in frames of 16 KB', 'names', 10],
  ['200,000 symbols that nobody asked for', 'symbols', 150],
  ['20,000 of them in frames of 16 KB', 'padded', 170],
  ['60,000 symbols, and 2,000 that are no names, where snapshots are not asked for', 'recorded', 25],
  ['20,000 snapshots whose updates never come', 'replies', 60],
  ['1,500 snapshots whose updates have come', 'replayed', 40],
  ['400 books that came and went', 'books', 8],
])('F69 what is left of %s', (_, story, most) => {
  expect(grown(story)).toBeLessThan(most)
})
