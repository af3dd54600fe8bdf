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

/** So many bytes become records at a time: of one file at most, and of all that are merged together. */
const PART = 32 * 1024
const PARTS = 256 * 1024

/** And so many at least, which is some records. */
const LEAST = 2 * 1024

/** The first part of a file in a merge; each one that follows is twice as large, until they are as large as they may be. */
const FIRST = 512

/**
 * Records that wait for their turn in a merge, and what they were cut from, are few enough to be at hand when it comes,
 * and to cost the collector little. V8 learns from the first ones how long all others will live: where these are still
 * waiting when it looks, it puts the others where a full collection alone finds them, which takes a third more time.
 */
const partsOf = ({ merge, files }: ReplaySettings): { readonly first: number; readonly most: number } =>
  merge
    ? { first: FIRST, most: Math.min(PART, Math.max(LEAST, Math.floor(PARTS / files.length))) }
    : { first: PART, most: PART }

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

/** The signals of one file, some at a time, up to the end of the span; what is wrong with it is among them. */
export async function* readRecords(
  settings: ReplaySettings,
  file: ReplayFile,
  story: Story,
  stop: AbortSignal,
): AsyncGenerator<Batch, void> {
  const reader = recordReader(settings, file, story)
  const { path, ...about } = file
  let part = openPart(settings, { ...about, names: [path] }, reader, 0)
  const { first, most } = partsOf(settings)
  let size = first
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
    for await (const chunk of fileChunks(input)) {
      const bytesOf = '_tag' in chunk ? undefined : chunk
      if ('_tag' in chunk) note(chunk)
      const length = bytesOf?.length ?? 0
      for (let at = 0; at === 0 || (at < length && !reader.done());) {
        if (bytesOf !== undefined) part.push(bytesOf.subarray(at, at + size))
        at += size
        size = Math.min(most, 2 * size)
        // Who writes to a pipe may take his time.
        if (input.isPipe) part.settle()
        for (const batch of reader.take()) yield batch
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
  for (const batch of reader.take()) yield batch
}
