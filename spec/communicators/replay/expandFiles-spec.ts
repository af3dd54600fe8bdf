import { mkdirSync } from 'node:fs'
import { relative } from 'node:path'
import { expandFiles } from '../../../lib/communicators/replay/expandFiles.js'
import { played, scratch, told } from '../scratch.js'

const { file, path } = scratch()

beforeAll(() => {
  for (const folder of ['data', 'data/more', 'none']) mkdirSync(path(folder))
  const names = [
    'btc-10.txt',
    'btc-9.txt',
    'btc-9.txt.CHECKSUM',
    '.hidden',
    'eth-1.txt',
    'btc-9.txt.lock',
    'more/btc-1.txt',
  ]
  names.forEach((name, i) => file(`${100 - i} ${name}\n`, `data/${name}`))
  file('1 a\n', 'odd[1].txt')
})

const expanded = async (...names: readonly string[]) =>
  (await expandFiles(names.map((name) => ({ path: path(name) })))).map((one) => relative(path('.'), one.path))

test('a folder stands for its files, in natural order, and for nothing that stands beside them', async () => {
  expect(await expanded('data')).toEqual(['data/btc-9.txt', 'data/btc-10.txt', 'data/eth-1.txt'])
})

test.each([
  ['data/btc-*.txt', ['data/btc-9.txt', 'data/btc-10.txt']],
  ['data/btc-*', ['data/btc-9.txt', 'data/btc-10.txt']],
  ['data/**/*.txt', ['data/btc-9.txt', 'data/btc-10.txt', 'data/eth-1.txt', 'data/more/btc-1.txt']],
  ['data/{eth,btc}-?.txt', ['data/btc-9.txt', 'data/eth-1.txt']],
  ['odd[1].txt', ['odd[1].txt']],
])('%s', async (pattern, files) => {
  expect(await expanded(pattern)).toEqual(files)
})

test('relative patterns too', async () => {
  const pattern = relative(process.cwd(), path('data/btc-*.txt'))
  const found = await expandFiles([{ path: pattern }])
  expect(found.map((one) => relative(path('.'), one.path))).toEqual(['data/btc-9.txt', 'data/btc-10.txt'])
})

test('what is known of a pattern is known of each of its files; the list keeps its order', async () => {
  const all = await expandFiles([
    { path: path('data/eth-*'), symbol: 'ETHUSDT' },
    { path: '-' },
    { path: path('data/btc-*') },
  ])
  expect(all.map((one) => one.symbol)).toEqual(['ETHUSDT', undefined, undefined, undefined])
  expect(all[1]).toEqual({ path: '-' })
})

test('they play in that order', async () => {
  const texts = told(await played({ files: path('data'), timestamps: 'ms' })).map((text) => text.split(' ')[1])
  expect(texts.filter((text) => text !== 'BadRecord')).toEqual(['btc-9.txt', 'btc-10.txt', 'eth-1.txt'])
})

test.each([['none'], ['missing-*.txt']])('%s, which stands for no file, is told', async (name) => {
  expect(await played({ files: path(name) })).toMatchObject([
    {
      _tag: 'BadFile',
      file: path(name),
      reason: expect.stringMatching(/^expected a file to read, came '(ENOENT|EISDIR)/) as string,
    },
  ])
})
