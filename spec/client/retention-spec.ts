import { spawnSync } from 'node:child_process'
import { bundled } from '../helpers/bundled.js'

/** What each story left in a process of its own, in bytes. */
const left = (): Readonly<Record<string, { readonly grown: number; readonly isSound: boolean }>> => {
  const program = bundled('spec/client/retained.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', program], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as ReturnType<typeof left>
}

/** In MB: twice what was measured, or more, and far below what views of frames and maps without end had left. */
const most: Readonly<Record<string, number>> = {
  book: 2,
  names: 10,
  symbols: 110,
  padded: 70,
  recorded: 15,
  replies: 35,
  large: 210,
  waiting: 140,
  bars: 20,
  lanes: 66,
  replayed: 20,
  streams: 3,
  levels: 5,
  keys: 2,
  books: 4,
}

test('F69 of books, streams, symbols, names and snapshots that came and went, little is left', () => {
  const stories = left()
  expect(Object.keys(stories)).toEqual(Object.keys(most))
  for (const [name, { grown, isSound }] of Object.entries(stories))
    expect([name, isSound, grown / 1e6 < (most[name] ?? 0) ? 'little' : `${grown} bytes`]).toEqual([
      name,
      true,
      'little',
    ])
})
