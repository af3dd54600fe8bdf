import type { Batch } from './Batch.js'
import { fileChunks } from './fileChunks.js'
import type { Input } from './Input.js'
import { openInput } from './openInput.js'
import { openPart } from './openPart.js'
import { messageOf } from '../messageOf.js'
import { recordReader } from './recordReader.js'
import type { ReplayFile } from './ReplayConfig.js'
import type { ReplaySettings } from './replaySettings.js'
import type { Story } from './Story.js'
import type { Hole, Member, Unverified } from './decompressed.js'
import type { TakeBatch, WaitingBatch } from './WaitingBatch.js'

/** So many bytes are looked at together. */
const LOADED = 128 * 1024

/** So many become records at a time: of one file at most, and of all that are merged together; and so many at least. */
const PART = 32 * 1024
const PARTS = 256 * 1024
const LEAST = 2 * 1024

/** Records that wait for their turn in a merge are few enough to be at hand when it comes, and to cost the collector little. */
const bytesAtOnce = ({ merge, files }: ReplaySettings): number =>
  merge ? Math.min(PART, Math.max(LEAST, Math.floor(PARTS / files.length))) : PART

/** An input that remembers how far it was read. */
const measured = (input: Input) => {
  let bytes = 0
  const read: Input['read'] = async (position, most) => {
    const found = await input.read(position, most)
    bytes = position + found.length
    return found
  }
  return { input: { ...input, read }, bytes: () => bytes }
}

/** Resolves when somebody who was told is ready for more, or nobody wants more. */
const ready = (held: PromiseLike<unknown>, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      stop.removeEventListener('abort', go)
      resolve()
    }
    if (stop.aborted) return go()
    stop.addEventListener('abort', go)
    held.then(go, go)
  })

/**
 * The signals of one file, up to the end of the span; what is wrong with it is among them. What was read is at hand, and
 * becomes signals when it is taken; all of it is taken before more is asked for.
 */
export async function* readRecords(
  settings: ReplaySettings,
  file: ReplayFile,
  story: Story,
  stop: AbortSignal,
): AsyncGenerator<TakeBatch, void> {
  const reader = recordReader(settings, file, story)
  const { path, ...about } = file
  let part = openPart(settings, { ...about, names: [path] }, reader, 0)
  const atOnce = bytesAtOnce(settings)
  let isPipe = false
  /** Not all of what was loaded is cut. */
  let isLeft = false
  let batches: readonly WaitingBatch[] = []
  let taken = 0

  const take: TakeBatch = () => {
    for (;;) {
      const batch = batches[taken]
      if (batch !== undefined) {
        taken += 1
        return batch
      }
      if (!isLeft) return undefined
      isLeft = part.cut(atOnce) && !reader.done()
      // Who writes to a pipe may take his time.
      if (isPipe && !isLeft) part.settle()
      told()
    }
  }

  /** What was told is at hand, with records or without. */
  const told = (): TakeBatch => {
    batches = reader.take()
    taken = 0
    return take
  }

  const note = (what: Member | Unverified | Hole) => {
    if (what._tag !== 'Member') {
      const offset = what._tag === 'Hole' ? part.tear(what) : part.length()
      part.settle()
      return reader.damaged(offset, what)
    }
    part.end()
    part = openPart(settings, { ...about, names: [what.name, path] }, reader, part.length())
  }
  try {
    const { input, bytes } = measured(await openInput(path, stop))
    isPipe = input.isPipe
    for await (const chunk of fileChunks(input)) {
      const bytesOf = '_tag' in chunk ? undefined : chunk
      if ('_tag' in chunk) note(chunk)
      const length = bytesOf?.length ?? 0
      for (let at = 0; at === 0 || (at < length && !reader.done()); at += LOADED) {
        if (bytesOf !== undefined) part.load(bytesOf.subarray(at, at + LOADED))
        isLeft = bytesOf !== undefined
        yield told()
        const held = settings.onRead?.({ path, bytes: bytes(), size: input.size })
        if (held !== undefined) await ready(held, stop)
      }
      if (reader.done()) break
    }
    part.end()
  } catch (error) {
    part.end()
    reader.refused(part.length(), messageOf(error)) // F50
  }
  reader.close()
  yield told()
}

/** The batches of one file alone. */
export async function* readBatches(...of: Parameters<typeof readRecords>): AsyncGenerator<Batch, void> {
  for await (const take of readRecords(...of))
    for (let batch = take(); batch !== undefined; batch = take()) yield batch.frames?.made(batch.kind) ?? batch
}
