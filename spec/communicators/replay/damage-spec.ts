import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { Subject } from 'rxjs'
import { record } from '../../../lib/communicators/record.js'
import { frame, type Signal } from '../../../lib/Signal.js'
import { played, scratch, told } from '../scratch.js'
import { fc, test as property } from '../../property.js'

const { file, path } = scratch()

const source = { id: 'c1' }

/** Numbers that hardly repeat. */
const noise = (i: number, length: number) =>
  Array.from({ length }, (_, j) => ((i + 1) * (j + 7) * 7919) % 1_000_003).join(' ')

/** A recording, and which texts stand between which of its bytes, as its size said while it was written. */
const recorded = (at: string, batches: readonly (readonly string[])[]) => {
  const signals = new Subject<Signal>()
  const members: { readonly from: number; readonly to: number; readonly texts: readonly string[] }[] = []
  let time = 1000
  let from = 0
  for (const texts of batches) {
    const append = from > 0
    const subscription = signals.pipe(record({ file: at, append })).subscribe()
    for (const text of texts) signals.next(frame(text, (time += 1), source))
    subscription.unsubscribe()
    const to = statSync(at).size
    members.push({ from, to, texts })
    from = to
  }
  return members
}

const batches = Array.from({ length: 5 }, (_, i) => [`{"a":"${noise(i, 3)}"}`, `{"b":${i}}`])
const at = path('sound.txt.gz')
const members = recorded(at, batches)
const whole = readFileSync(at)

const frames = (signals: readonly Signal[]) =>
  signals.flatMap((signal) => (signal._tag === 'Frame' ? [`${signal.receivedAt} ${signal.text}`] : []))

const expected = (isSound: (member: (typeof members)[number]) => boolean) => {
  let time = 1000
  return members.flatMap((member) => {
    const all = member.texts.map((text) => `${(time += 1)} ${text}`)
    return isSound(member) ? all : []
  })
}

const textIn = (line: string) => line.slice(line.indexOf(' ') + 1)

/** Whether these are some of those, in their order. */
const inOrder = (some: readonly string[], all: readonly string[]) => {
  let at = -1
  return some.every((one) => (at = all.indexOf(one, at + 1)) >= 0)
}

const damaged = async (bytes: Buffer) => {
  const copy = path('damaged')
  writeFileSync(copy, bytes)
  return played({ files: copy })
}

test('the recording is sound', async () => {
  expect(members.length).toBe(5)
  expect(frames(await damaged(whole))).toEqual(expected(() => true))
})

test('F62 cut at every byte: what is in sound members comes, nothing else, and the rest is told', async () => {
  for (let length = 1; length < whole.length; length += 1) {
    const signals = await damaged(whole.subarray(0, length))
    expect(frames(signals)).toEqual(expected(({ to }) => to <= length))
    const isBetween = members.some(({ to }) => to === length)
    expect(told(signals.slice(-1))[0]?.endsWith(length < 2 ? 'BadRecord' : 'BadFile')).toBe(!isBetween)
  }
})

test.each([0x01, 0x80])('F62 flipped at every byte by %i', async (mask) => {
  for (let place = 0; place < whole.length; place += 1) {
    const bytes = Buffer.from(whole)
    bytes.writeUInt8(bytes.readUInt8(place) ^ mask, place)
    const signals = await damaged(bytes)
    const came = frames(signals)
    const without = expected(({ from, to }) => place < from || place >= to)
    // What a header says besides may be wrong, and the member sound.
    const isHarmless = came.length > without.length
    expect(came).toEqual(isHarmless ? expected(() => true) : without)
    const tags = signals.filter(({ _tag }) => _tag !== 'Frame').map(({ _tag }) => _tag)
    // Where the first header is damaged, it may look like one of others.
    const isMarked = place < 16 && tags.length === 2
    expect(tags).toEqual(isHarmless ? [] : isMarked ? ['Unverified', 'BadFile'] : ['BadFile'])
  }
})

test('F62 a plain recording cut at every byte yields no half of a record', async () => {
  const plain = path('plain.txt')
  recorded(plain, batches.slice(0, 2))
  const text = readFileSync(plain)
  for (let length = 0; length < text.length; length += 1) {
    const complete = text.subarray(0, length).toString().split('\n').slice(0, -1)
    const come = complete.filter((line) => line !== '' && !line.includes('{"_tag":'))
    const signals = await damaged(text.subarray(0, length))
    expect(frames(signals)).toEqual(come)
    const isWhole = length === 0 || text.subarray(0, length).toString().endsWith('\n')
    expect(signals.map(({ _tag }) => _tag).filter((tag) => tag !== 'Frame')).toEqual(isWhole ? [] : ['BadRecord'])
  }
})

test('F62 cut by a crash, and written on behind: all that was written then comes', async () => {
  const [first] = members
  for (let lost = 1; lost < (first?.to ?? 0); lost += 7) {
    const torn = whole.subarray(0, whole.length - lost)
    const signals = await damaged(Buffer.concat([torn, whole]))
    const before = expected(({ to }) => to <= torn.length)
    // Its times go back: the second half gets the last time of the first.
    const texts = frames(signals).map(textIn)
    expect(texts).toEqual([...before, ...expected(() => true)].map(textIn))
    const [hole] = signals.filter(({ _tag }) => _tag === 'BadFile')
    const from = Math.max(...members.map(({ to }) => to).filter((to) => to <= torn.length), 0)
    expect(hole).toMatchObject({ from, to: torn.length })
  }
})

/** The frames that nothing makes doubtful. */
const trusted = (signals: readonly Signal[]) => {
  let isDoubtful = false
  return frames(
    signals.filter(({ _tag }) => {
      if (_tag === 'Unverified') isDoubtful = true
      if (_tag === 'BadFile') isDoubtful = false
      return !isDoubtful
    }),
  )
}

describe('gzip that others made', () => {
  const lines = Array.from({ length: 120 }, (_, i) => `${1000 + i} {"a":"${noise(i, i % 5)}","i":${i}}`)
  const text = Buffer.from(`${lines.join('\n')}\n`)

  /** Where each line stands in the text. */
  const spans = lines.map((line, i) => {
    const from = Buffer.byteLength(lines.slice(0, i).join('\n')) + (i > 0 ? 1 : 0)
    return { line, from, to: from + Buffer.byteLength(line) + 1 }
  })

  property.prop(
    [
      fc.uniqueArray(fc.nat(text.length - 1), { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
    ],
    { numRuns: 300 },
  )('F62 members that end anywhere, one byte wrong: no trusted event was not recorded', async (cuts, at, mask) => {
    const ends = [...cuts.sort((a, b) => a - b), text.length]
    const parts = ends.map((end, i) => ({ from: ends[i - 1] ?? 0, to: end }))
    const zipped = parts.map(({ from, to }) => gzipSync(text.subarray(from, to)))
    const bytes = Buffer.concat(zipped)
    const place = at % bytes.length
    bytes.writeUInt8(bytes.readUInt8(place) ^ mask, place)
    let seen = 0
    const hit = parts[zipped.findIndex(({ length }) => place < (seen += length))] ?? { from: 0, to: 0 }
    // A time that is wrong may have held up those of what follows.
    const came = trusted(await damaged(bytes)).map(textIn)
    expect(inOrder(came, lines.map(textIn))).toBe(true)
    // All that stands in sound members comes, but for the first end of a record behind the damage: it may be a half.
    const sound = spans.filter(({ from, to }) => to <= hit.from || from > hit.to).map(({ line }) => line)
    expect(came).toEqual(expect.arrayContaining(sound.filter((line) => line !== firstBehind(hit.to)).map(textIn)))
  })

  const firstBehind = (end: number) => spans.find(({ to }) => to > end)?.line

  test('F62 a member longer than can be kept is checked before anything of it comes', async () => {
    const long = Array.from({ length: 20_000 }, (_, i) => `${1000 + i} {"a":"${noise(i, 10)}"}`)
    const zipped = gzipSync(`${long.join('\n')}\n`)
    expect(frames(await played({ files: file(zipped) }))).toEqual(long)
    zipped.writeUInt8(zipped.readUInt8(zipped.length - 5) ^ 1, zipped.length - 5)
    const [first, ...rest] = await played({ files: file(Buffer.concat([zipped, gzipSync('\n90000 next\n')])) })
    expect(first).toMatchObject({ _tag: 'Unverified', offset: 0 })
    expect(frames(rest)).toEqual([...long, '90000 next'])
    expect(rest.at(-2)).toMatchObject({ _tag: 'BadFile', from: 0, to: zipped.length })
  })

  test('F62 two that were cut, one behind the other: what can be decoded of both comes, marked', async () => {
    const long = Array.from({ length: 5000 }, (_, i) => `${1000 + i} {"a":"${noise(i, 10)}"}`)
    const zipped = gzipSync(`${long.join('\n')}\n`)
    const cut = zipped.subarray(0, zipped.length - 100)
    const signals = await played({ files: file(Buffer.concat([cut, cut])) })
    const tags = signals.map(({ _tag }) => _tag).filter((tag) => tag === 'Unverified' || tag === 'BadFile')
    expect(tags).toEqual(['Unverified', 'BadFile', 'Unverified', 'BadFile'])
    expect(trusted(signals)).toEqual([])
    expect(frames(signals).filter((line) => line.endsWith(`"${noise(3, 10)}"}`)).length).toBe(2)
  })
})
