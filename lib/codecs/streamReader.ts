import { flat } from './flat.js'
import { byteAt, expected, isAscii, isLoaded, load, loads, stands, wordAt, type Expected } from './input.js'

/** Longer texts are no names that a venue lists. */
const LONGEST = 256

const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92
const END_BRACE = 125

/** So many heads are known: more streams than any venue's connections carry. */
const MOST_KNOWN = 20_000
/** Of as many that begin alike. */
const MOST_ALIKE = 16

/** Names and keys of a combined frame: `{"stream":"btcusdt@trade","data":`, and the payload. */
interface EnvelopeKeys {
  readonly stream: string
  readonly data: string
}

/** What stands before the payload of one stream's frames. */
interface Head {
  /** The same string each time, so that no look-up by it compares characters. */
  readonly name: string
  readonly text: Expected
}

/** Reads the heads of combined frames, without reading the rest. */
export interface StreamReader {
  /**
   * The stream that a frame names; `undefined` for every other text, for an empty name, and for one that is long or
   * written with escapes. Who asks for the same frame again, as the parser does after the connection, has it at once.
   */
  readonly nameOf: (text: string) => string | undefined
  /** Where the payload of such a frame begins; -1 where it does not follow the name. */
  readonly dataAt: (text: string) => number
}

/** The place behind a name that ends with a quote; `undefined` for none, and for what is not as it is in JSON. */
const endOfName = (start: number): number | undefined => {
  for (let at = start; at - start <= LONGEST; at++) {
    const code = byteAt(at)
    if (code === QUOTE) return at === start ? undefined : at
    if (code < SPACE || code === BACKSLASH) return undefined // F72
  }
  return undefined
}

const readers = new Map<string, StreamReader>()

export const streamReader = ({ stream, data }: EnvelopeKeys): StreamReader => {
  const both = JSON.stringify([stream, data])
  const made = readers.get(both) ?? createReader(`{"${stream}":"`, `","${data}":`)
  readers.set(both, made)
  return made
}

const createReader = (before: string, between: string): StreamReader => {
  const start = before.length
  /** By the first characters of a name. */
  const heads = new Map<number, Head[]>()
  /** Of the frame before: many follow each other in one stream. */
  let last: Head | undefined
  let known = 0
  let lastLoad = 0
  let name: string | undefined
  let dataAt = -1

  const learn = (text: string, hash: number): void => {
    name = undefined
    dataAt = -1
    const end = text.startsWith(before) ? endOfName(start) : undefined
    if (end === undefined) return
    name = flat(text.slice(start, end))
    if (!text.startsWith(between, end)) return
    dataAt = end + between.length
    // Bytes do not tell other characters apart.
    if (!isAscii(name)) return
    if (known++ === MOST_KNOWN) {
      heads.clear()
      known = 1
    }
    const alike = heads.get(hash) ?? []
    heads.set(hash, [{ name, text: expected(text.slice(0, dataAt)) }, ...alike.slice(0, MOST_ALIKE - 1)])
  }

  const read = (text: string): void => {
    lastLoad = loads
    name = undefined
    dataAt = -1
    if (byteAt(text.length - 1) !== END_BRACE) return
    if (last === undefined || !stands(last.text, 0)) {
      let hash = 0
      for (let at = start; at < start + 20; at += 4) hash = (Math.imul(hash, 31) + wordAt(at)) | 0
      const found = heads.get(hash)?.find((head) => stands(head.text, 0))
      if (found === undefined) return learn(text, hash)
      last = found
    }
    name = last.name
    dataAt = last.text.length
  }

  const nameOf = (text: string): string | undefined => {
    if (!load(text)) return undefined
    if (loads !== lastLoad) read(text)
    return name
  }
  return {
    nameOf,
    dataAt: (text) => {
      if (!isLoaded(text) || loads !== lastLoad) nameOf(text)
      return dataAt
    },
  }
}
