import { newStory } from '../../../lib/communicators/replay/Story.js'
import { readBatches } from '../../../lib/communicators/replay/readRecords.js'
import { replaySettings } from '../../../lib/communicators/replay/replaySettings.js'
import type { ReplayConfig } from '../../../lib/communicators/replay/ReplayConfig.js'
import { played, scratch } from '../scratch.js'

const { file } = scratch()

const lines = Array.from({ length: 1000 }, (_, i) => `${1_700_000_000_000 + i} record ${i}`)
const texts = lines.map((line) => line.slice(line.indexOf(' ') + 1))
const path = file(lines.join('\n'))

/** The texts of the first file, batch by batch. */
const batches = async (config: ReplayConfig) => {
  const settings = replaySettings(config)
  const story = newStory({ ends: new Set(), isFed: false })
  const found: string[][] = []
  for (const first of settings.files.slice(0, 1))
    for await (const { signals } of readBatches(settings, first, story, new AbortController().signal))
      found.push(signals.flatMap((signal) => (signal._tag === 'Frame' ? [signal.text] : [])))
  return found
}

test.each([
  ['100 files', 100, 262_144 / 100],
  ['1,000 files, of which some records each come at a time', 1000, 2_048],
])('of all files that are merged 256 KiB together wait: %s', async (_name, count, most) => {
  const found = await batches({ files: Array.from({ length: count }, () => path), merge: true })
  expect(found.flat()).toEqual(texts)
  const longest = Math.max(...lines.map(({ length }) => length + 1))
  const sizes = found.map((batch) => batch.reduce((sum, text) => sum + `1700000000000 ${text}\n`.length, 0))
  // The last record of a part may have begun in the one before.
  expect(Math.max(...sizes)).toBeLessThan(most + longest)
  expect(Math.max(...sizes)).toBeGreaterThan(most / 2)
})

test('of a file alone a whole chunk comes at once', async () => {
  const found = await batches({ files: [path] })
  expect(found.flat()).toEqual(texts)
  expect(Math.max(...found.map(({ length }) => length))).toBeGreaterThan(500)
})

test('nothing behind the end of the span is read', async () => {
  const config = { files: Array.from({ length: 200 }, () => path), merge: true, to: 1_700_000_000_012 }
  expect((await batches(config)).flat()).toEqual(texts.slice(0, 12))
})

test('a frame of a file is a plain object, as one that is written down', async () => {
  const [frame] = await played({ files: file('1000 a') })
  expect(frame).toStrictEqual({ _tag: 'Frame', text: 'a', receivedAt: 1000, source: frame?.source, offset: 0 })
  expect(Object.getPrototypeOf(frame)).toBe(Object.prototype)
  expect(Object.keys(frame ?? {})).toEqual(['_tag', 'text', 'receivedAt', 'source', 'offset'])
})
