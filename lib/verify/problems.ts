import type { Findings, RecordingReport } from './RecordingReport.js'

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

const isoTime = (ms: number) => new Date(ms).toISOString()

const some = <A>(
  { count, first: [first] }: Findings<A>,
  text: (count: number, first: A) => string,
): readonly string[] => (first === undefined ? [] : [text(count, first)])

/** All that is wrong with a recording, a sentence each. */
export const problemsIn = (report: Omit<RecordingReport, 'problems'>): readonly string[] => {
  const { frames, invalid, files, streams, books, silences, stepsBack, jumps, unmerged } = report
  return [
    ...(frames === 0 ? ['There is not one frame.'] : []),
    ...files.flatMap(({ path, damage, badRecords, checksum }) => [
      ...(checksum === 'wrong' ? [`${path} is not what the checksum beside it says.`] : []),
      ...some(
        damage,
        (count, { offset, reason }) =>
          `${path} is damaged in ${plural(count, 'place')}, the first at byte ${offset}: ${reason}.`,
      ),
      ...some(
        badRecords,
        (count, { offset, reason }) =>
          `${path} has ${plural(count, 'bad record')}, the first at byte ${offset}: ${reason}.`,
      ),
    ]),
    ...(invalid > 0 ? [`${plural(invalid, 'frame is', 'frames are')} not as the venue’s documents say.`] : []),
    ...some(
      stepsBack,
      (count, { after, came }) =>
        `Time goes back ${plural(count, 'time')}, first from ${isoTime(after)} to ${isoTime(came)}.`,
    ),
    ...some(
      jumps,
      (count, { after, came }) =>
        `${plural(count, 'time is', 'times are')} far ahead of those around them, the first ${isoTime(came)} behind ${isoTime(after)}.`,
    ),
    ...some(
      silences,
      (count, { from, to }) =>
        `Nothing comes at all ${plural(count, 'time')}, first from ${isoTime(from)} to ${isoTime(to)}.`,
    ),
    ...unmerged.map((stream) => `${stream} comes from several sources in no common sequence.`),
    ...streams.flatMap(({ stream, gaps, backwards, silences: quiet }) => [
      ...some(
        gaps,
        (count, { at, after, before, isLoss }) =>
          `${stream} has ${plural(count, 'gap')}, the first at ${isoTime(at)}, between ${after} and ${before}${isLoss ? ', where a connection was lost' : ''}.`,
      ),
      ...(backwards > 0 ? [`${stream} goes back ${plural(backwards, 'time')} in its numbers.`] : []),
      ...some(
        quiet,
        (count, { from, to }) =>
          `${stream} is silent ${plural(count, 'time')} for longer than usual, first from ${isoTime(from)} to ${isoTime(to)}.`,
      ),
    ]),
    ...books.flatMap(({ symbol, syncs, isSynced, mismatches, crossed }) => [
      ...(syncs === 0 ? [`The book of ${symbol} is never synced.`] : []),
      ...(syncs > 0 && !isSynced ? [`The book of ${symbol} is not synced at the end.`] : []),
      ...(syncs > 1 ? [`The book of ${symbol} is lost ${plural(syncs - 1, 'time')}.`] : []),
      ...some(
        mismatches,
        (count, { updateId, book, ticker }) =>
          `The book of ${symbol} differs from the venue’s ticker ${plural(count, 'time')}, first at update ${updateId}: ${book.join(' | ')} and not ${ticker.join(' | ')}.`,
      ),
      ...(crossed > 0 ? [`The book of ${symbol} is crossed ${plural(crossed, 'time')}.`] : []),
    ]),
  ]
}
