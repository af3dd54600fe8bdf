import { formatRecorded } from '../../record/recordedSignal.js'
import { isTime } from '../../record/isTime.js'
import type { Format } from './Format.js'
import { lines } from './Format.js'

/** `<url> <-> <seconds>`, `<url> -> <seconds>: <json>`, `<url> <- <seconds>: <text>`: opened, answered, sent. */
const arrows = /^(\S+) (<->|->|<-) ([\d.]+)$/

const LOST = { _tag: 'Disconnected', code: 1006, reason: 'the file says that another connection begins' } as const

/** The market that a request was about. */
const symbolIn = (url: string): string | undefined => /[?&](?:symbol|pair)=([^&]+)/.exec(url)?.[1]?.toUpperCase()

const isSnapshot = (json: string) => json.startsWith('{') && json.slice(0, 200).includes('"lastUpdateId"')

/** The raw files of cryptofeed: frames, and in a file of their own the answers of REST. */
export const cryptofeed: Format = {
  ...lines,
  says: 'raw files of cryptofeed',
  lacks: 'losses of connections (only when the next one began)',
  begins: (head) => /^\S+:\/\/\S+ (<->|->) \d+(\.\d+)?(: |$)|^\d{9,10}(\.\d+)?: [[{]/.test(head),
  translate: (_, { symbol }, write) => {
    let isOpen = false
    return {
      lacks: '',
      isStamped: true,
      record: (line, offset) => {
        if (line.startsWith('configuration: ')) return undefined
        const end = line.indexOf(': ')
        const prefix = end < 0 ? line.trimEnd() : line.slice(0, end)
        const [, url = '', arrow, written = prefix] = arrows.exec(prefix) ?? []
        const at = /^\d+(\.\d+)?$/.test(written) ? Number(`${written}e3`) : NaN
        if (!isTime(at) || (end < 0 && arrow !== '<->'))
          return `expected '<seconds>: <frame>', came '${prefix.slice(0, 24)}': the record is skipped`
        const text = end < 0 ? '' : line.slice(end + 2)
        if (arrow === '<->') {
          if (isOpen) write(at, formatRecorded(LOST), offset) // F68
          isOpen = false
        } else if (arrow === '->') {
          const market = symbolIn(url) ?? symbol
          if (!isSnapshot(text)) return undefined
          write(at, market === undefined ? text : formatRecorded({ _tag: 'Reply', symbol: market, text }), offset)
        } else if (arrow === undefined) {
          isOpen = true
          write(at, text, offset)
        }
        return undefined
      },
    }
  },
}
