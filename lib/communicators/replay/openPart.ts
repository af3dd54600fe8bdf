import type { About } from './formats/Format.js'
import { guessFormat, type KnownFormat } from './formats/formats.js'
import type { RecordReader } from './recordReader.js'
import { recordTexts } from './recordTexts.js'
import type { ReplaySettings } from './replaySettings.js'
import { splitter, type Splitter } from './splitter.js'

/** So many bytes tell what format a file is of, and fewer where its first line ends before. */
const HEAD = 4 * 1024

/** Of a longer line so much is looked at. */
const LINE = 32 * 1024

/** Where the archives of Unix say what they are. */
const TAR = { at: 257, text: 'ustar' }

/** A file, or a member of an archive. */
export interface Part extends Splitter {
  /** No other record comes soon: one that waits for it is let go. */
  readonly settle: () => void
}

const firstLine = (bytes: Buffer): string => {
  const text = bytes.toString('utf8', 0, LINE).replace(/^\uFEFF?[\r\n]*/, '')
  return text.split(/\r?\n/, 1)[0] ?? ''
}

const hasLine = (bytes: Buffer): boolean => bytes.toString('latin1', 0, HEAD).trimStart().includes('\n')

/** Opens what begins at `base` bytes of its file, in the format that the config or its own beginning says. */
export const openPart = (
  { format, maxRecord }: Pick<ReplaySettings, 'format' | 'maxRecord'>,
  about: About,
  reader: Pick<RecordReader, 'accept' | 'bad' | 'doubted' | 'disconnected' | 'refused' | 'begin'>,
  base: number,
): Part => {
  /** What came before the format was known. */
  let head = Buffer.alloc(0)
  let opened: Part | undefined

  const open = (known: KnownFormat, line: string): Part => {
    const texts = recordTexts(known, line, about, reader)
    if (typeof texts === 'string') return refuse(texts)
    const { record, settle } = texts
    reader.begin(known, { ...texts, lacks: [texts.lacks, known.lacks].filter(Boolean).join('; ') })
    const split = splitter({
      ...{ delimiter: known.delimiter, maxRecord, base, record },
      bad: (offset, reason) => {
        settle()
        reader.bad(offset, reason)
      },
      empty:
        known.empty === 'nothing'
          ? undefined
          : () => {
              settle()
              reader.disconnected()
            },
    })
    return {
      ...split,
      settle,
      end: () => {
        split.end()
        texts.end()
      },
    }
  }

  const refuse = (reason: string): Part => {
    reader.refused(base, reason)
    let length = base
    const none = () => undefined
    return {
      load: (chunk) => (length += chunk.length),
      ...{ cut: () => false, end: none, settle: none, tear: () => length, length: () => length },
    }
  }

  const begin = (bytes: Buffer): Part => {
    const isTar = bytes.toString('latin1', TAR.at, TAR.at + TAR.text.length) === TAR.text
    const line = firstLine(bytes)
    const part = isTar
      ? refuse(
          'expected a plain file, gzip or zip, came tar: unpack it first, with tar -xf, or read what tar -xOf writes from a pipe, as -',
        )
      : open(format ?? guessFormat(line, about), line)
    part.load(bytes)
    return part
  }

  /** No more comes that could say what format it is. */
  const decide = (): Part => {
    if (opened !== undefined) return opened
    opened = begin(head)
    opened.cut(Infinity)
    return opened
  }

  return {
    load: (chunk) => {
      if (opened !== undefined) return opened.load(chunk)
      const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      if (bytes.length >= HEAD || hasLine(bytes)) opened = begin(bytes)
      else head = Buffer.from(bytes)
    },
    cut: (bytes) => opened?.cut(bytes) ?? false,
    tear: (next) => decide().tear(next),
    end: () => {
      if (opened !== undefined || head.length > 0) decide().end()
    },
    settle: () => opened?.settle(),
    length: () => opened?.length() ?? base + head.length,
  }
}
