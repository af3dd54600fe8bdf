import type { About } from './formats/Format.js'
import { guessFormat, type KnownFormat } from './formats/formats.js'
import type { RecordReader } from './recordReader.js'
import { recordTexts } from './recordTexts.js'
import type { ReplaySettings } from './replaySettings.js'
import { splitter, type Splitter } from './splitter.js'

/** So many bytes tell what format a file is of, and fewer where its first line ends before. */
const HEAD = 4 * 1024

/** Where the archives of Unix say what they are. */
const TAR = { at: 257, text: 'ustar' }

/** A file, or a member of an archive. */
export interface Part extends Splitter {
  /** No other record comes soon: one that waits for it is let go. */
  readonly settle: () => void
}

const beginningOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\uFEFF?[\r\n]*/, '')

/** Opens what begins at `base` bytes of its file, in the format that the config or its own beginning says. */
export const openPart = (
  { format, maxRecord }: Pick<ReplaySettings, 'format' | 'maxRecord'>,
  about: About,
  reader: Pick<RecordReader, 'accept' | 'bad' | 'doubted' | 'disconnected' | 'refused' | 'begin'>,
  base: number,
): Part => {
  let head = Buffer.alloc(0)
  let opened: Part | undefined

  const open = (known: KnownFormat): Part => {
    const texts = recordTexts(known, beginningOf(head).split(/\r?\n/, 1)[0] ?? '', about, reader)
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
      push: (chunk) => (length += chunk.length),
      ...{ end: none, settle: none, tear: () => length, length: () => length },
    }
  }

  const begin = (): Part => {
    const isTar = head.toString('latin1', TAR.at, TAR.at + TAR.text.length) === TAR.text
    opened = isTar
      ? refuse(
          'expected a plain file, gzip or zip, came tar: unpack it first, with tar -xf, or read what tar -xOf writes from a pipe, as -',
        )
      : open(format ?? guessFormat(beginningOf(head).split(/\r?\n/, 1)[0] ?? '', about))
    opened.push(head)
    return opened
  }

  return {
    push: (chunk) => {
      if (opened !== undefined) return opened.push(chunk)
      head = Buffer.concat([head, chunk])
      if (head.length >= HEAD || /\S[^\n]*\n/.test(head.toString('latin1'))) begin()
    },
    tear: (next) => (opened ?? begin()).tear(next),
    end: () => {
      if (opened !== undefined || head.length > 0) (opened ?? begin()).end()
    },
    settle: () => opened?.settle(),
    length: () => opened?.length() ?? base + head.length,
  }
}
