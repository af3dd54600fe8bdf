import type { Signal } from '../../Signal.js'
import { isTime } from './isTime.js'
import { formatRecorded, looksRecorded, type HeadingMark } from './recordedSignal.js'
import type { RecordSettings } from './recordSettings.js'

/** A record as it is written, or why it is not. */
export type Line =
  { readonly _tag: 'Line'; readonly text: string } | { readonly _tag: 'Refused'; readonly reason: string }

const refused = (reason: string): Line => ({ _tag: 'Refused', reason })

/** A surrogate without its other half: UTF-8 has no bytes for it, JSON has an escape. */
const lone = /\p{Surrogate}/u

const textOf = (signal: Signal): string => {
  if (signal._tag === 'Frame') {
    const { _tag, text } = signal
    return looksRecorded(text) || lone.test(text) ? formatRecorded({ _tag, text }) : text
  }
  return formatRecorded(signal)
}

/** Writes signals, and what their source is, in the format that replay reads. */
export const recordLine = ({ delimiter, separator }: Pick<RecordSettings, 'delimiter' | 'separator'>) => {
  const line = (receivedAt: number, text: string): Line => {
    if (!isTime(receivedAt)) return refused(`expected a time in ms since 1970, came ${receivedAt}`)
    const record = `${receivedAt}${separator}${text}${delimiter}`
    if (record.indexOf(delimiter) !== record.length - delimiter.length)
      return refused(`the delimiter ${JSON.stringify(delimiter)} occurs in the record: choose one that does not`)
    if (record.indexOf(separator) !== `${receivedAt}`.length)
      return refused(`the separator ${JSON.stringify(separator)} occurs in the time: choose one that does not`)
    return { _tag: 'Line', text: record }
  }
  return {
    ofSignal: (signal: Signal) => line(signal.receivedAt, textOf(signal)),
    /** Says where what follows comes from. */
    ofSource: ({ receivedAt, source }: Pick<Signal, 'receivedAt' | 'source'>, mark?: HeadingMark) => {
      const { id, stream, symbol } = source ?? {}
      // What is undefined does not stand in JSON.
      return line(receivedAt, JSON.stringify({ _tag: 'Source', id, stream, symbol, ...mark }))
    },
  }
}
