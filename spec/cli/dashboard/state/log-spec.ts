import { emptyLog, LOG, withLine, type LogLine } from '../../../../lib/cli/dashboard/state/log.js'

test('holds the last lines, newest first, and counts all of them', () => {
  const lines: readonly LogLine[] = Array.from({ length: LOG + 3 }, (_, at) => ({ at, text: `${at}`, tone: 'quiet' }))
  const log = lines.reduce(withLine, emptyLog)
  expect(log.count).toBe(LOG + 3)
  expect(log.lines).toEqual(lines.toReversed().slice(0, LOG))
})
