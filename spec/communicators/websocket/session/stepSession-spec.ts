import { newSession, type Session } from '../../../../lib/communicators/websocket/session/Session.js'
import { sessionDueAt, stepSession } from '../../../../lib/communicators/websocket/session/stepSession.js'
import { context, inputFrom, phaseFrom, phaseOf, said } from './inShort.js'

test.each<[before: string, now: number, input: string, after: string, ...outputs: string[]]>([
  ['Waiting 500', 499, 'Tick', 'Waiting 500'],
  ['Waiting 500', 500, 'Tick', 'Opening 8', 'Open 8'],
  ['Waiting 500', 600, 'Rotate', 'Waiting 500'],
  ['Waiting 500', 100, 'Reconnect', 'Opening 8', 'Open 8'],
  ['Opening 1', 10, 'Reconnect', 'Opening 1'],
  ['Active 1@10', 20, 'Reconnect', '1@10 + Opening 8', '1 Rotating asked', 'Open 8'],
  ['1@10 + Waiting 500', 20, 'Reconnect', '1@10 + Opening 8', 'Open 8'],
  ['1@10 + 2@20 from 35', 30, 'Reconnect', '1@10 + 2@20 from 35'],
  ['Waiting 500', 600, '7 Ended', 'Waiting 500'],

  ['Opening 1', 10, 'Tick', 'Opening 1'],
  ['Opening 1', 10, 'Rotate', 'Opening 1'],
  ['Opening 1', 10, '1 Opened', 'Active 1@10'],
  ['Opening 1', 10, '2 Opened', 'Opening 1'],
  ['Opening 1', 10, '1 ShuttingDown', 'Opening 1'],
  ['Opening 1', 10, '1 Data', 'Opening 1'],
  ['Opening 1', 10, '2 Ended', 'Opening 1'],
  ['Opening 1', 10, '1 Ended', 'Waiting 510', '1 Disconnected 1006 lost', '1 Waiting 500 #1 lost'],

  ['Active 1@10', 1_000_009, 'Tick', 'Active 1@10'],
  ['Active 1@10', 1_000_010, 'Tick', '1@10 + Opening 8', '1 Rotating lifetime', 'Open 8'],
  ['Active 1@10', 20, 'Rotate', '1@10 + Opening 8', '1 Rotating asked', 'Open 8'],
  ['Active 1@10', 20, '1 ShuttingDown', '1@10 + Opening 8', '1 Rotating serverShutdown', 'Open 8'],
  ['Active 1@10', 20, '7 ShuttingDown', 'Active 1@10'],
  ['Active 1@10', 20, '1 Opened', 'Active 1@10'],
  ['Active 1@10', 20, '1 Settled', 'Active 1@10'],
  ['Active 1@10', 20, '1 Unsettled', 'Active 1@10'],
  ['Active 1@10', 20, '1 Data', 'Active 1@10'],
  ['Active 1@10', 20, '7 Ended', 'Active 1@10'],
  ['Active 1@10', 20, '1 Ended', 'Waiting 520', '1 Disconnected 1006 lost', '1 Waiting 500 #1 lost'],

  ['1@10 + Waiting 500', 499, 'Tick', '1@10 + Waiting 500'],
  ['1@10 + Waiting 500', 500, 'Tick', '1@10 + Opening 8', 'Open 8'],
  ['1@10 + Waiting 500', 2_000_000, 'Rotate', '1@10 + Waiting 500'],
  ['1@10 + Waiting 500', 30, '1 ShuttingDown', '1@10 + Waiting 500'],
  ['1@10 + Waiting 500', 30, '1 Data', '1@10 + Waiting 500'],
  ['1@10 + Waiting 500', 30, '1 Ended', 'Waiting 530', '1 Disconnected 1006 lost', '1 Waiting 500 #1 lost'],

  ['1@10 + Opening 2', 2_000_000, 'Tick', '1@10 + Opening 2'],
  ['1@10 + Opening 2', 20, 'Rotate', '1@10 + Opening 2'],
  ['1@10 + Opening 2', 20, '1 Opened', '1@10 + Opening 2'],
  ['1@10 + Opening 2', 20, '1 Data', '1@10 + Opening 2'],
  ['1@10 + Opening 2', 20, '2 Opened', '1@10 + 2@20 from Infinity'],
  ['1@10 + Opening 2', 20, '2 Ended', '1@10 + Waiting 520', '2 Disconnected 1006 lost', '2 Waiting 500 #1 lost'],
  ['1@10 + Opening 2', 20, '1 Ended', 'Opening 2', '1 Disconnected 1006 lost'],

  ['1@10 + 2@20 from Infinity', 2_000_000, 'Tick', '1@10 + 2@20 from Infinity'],
  ['1@10 + 2@20 from Infinity', 30, 'Rotate', '1@10 + 2@20 from Infinity'],
  ['1@10 + 2@20 from Infinity', 30, '2 Opened', '1@10 + 2@20 from Infinity'],
  ['1@10 + 2@20 from Infinity', 30, '2 Data', '1@10 + 2@20 from Infinity data'],
  ['1@10 + 2@20 from Infinity', 30, '2 Settled', '1@10 + 2@20 from 35', 'AwaitData 1'],
  ['1@10 + 2@20 from 35 data activeData', 33, '2 Settled', '1@10 + 2@20 from 38 data', 'AwaitData 1'],
  ['1@10 + 2@20 from 35', 30, '2 Unsettled', '1@10 + 2@20 from Infinity'],
  ['1@10 + 2@20 from 35', 30, '2 ShuttingDown', '1@10 + 2@20 from 35 shutdown'],
  ['1@10 + 2@20 from 35', 30, '1 Data', '1@10 + 2@20 from 35 activeData'],
  ['1@10 + 2@20 from 35', 40, '1 Opened', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 40, '1 Settled', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 40, '1 Unsettled', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 40, '1 ShuttingDown', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 40, '7 Data', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 40, '7 Ended', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 34, 'Tick', '1@10 + 2@20 from 35'],
  ['1@10 + 2@20 from 35', 35, 'Tick', 'Active 2@20', 'Close 1'],
  ['1@10 + 2@20 from 35', 34, '2 Data', '1@10 + 2@20 from 35 data'],
  ['1@10 + 2@20 from 35', 35, '2 Data', '1@10 + 2@20 from 35 data'],
  ['1@10 + 2@20 from 35', 36, 'Tick', 'Active 2@20', 'Close 1'],
  ['1@10 + 2@20 from 35', 400, 'Tick', 'Active 2@20', 'Close 1'],
  ['1@10 + 2@20 from 35', 300, '2 Settled', '1@10 + 2@20 from 305', 'AwaitData 1'],
  ['1@10 + 2@20 from 35 activeData', 99, 'Tick', '1@10 + 2@20 from 35 activeData'],
  ['1@10 + 2@20 from 35 activeData', 99, '2 Data', '1@10 + 2@20 from 35 data activeData'],
  ['1@10 + 2@20 from 35 data activeData', 35, 'Tick', 'Active 2@20', 'Close 1'],
  ['1@10 + 2@20 from 35 shutdown', 35, 'Tick', '2@20 + Opening 8', 'Close 1', '2 Rotating serverShutdown', 'Open 8'],
  ['1@10 + 2@20 from 35', 30, '1 Ended', 'Active 2@20', '1 Disconnected 1006 lost'],
  [
    '1@10 + 2@20 from 35 data',
    30,
    '2 Ended',
    '1@10 + Waiting 530',
    '2 Disconnected 1006 lost',
    '2 Waiting 500 #1 lost',
  ],
])('%s, at %d %s: %s', (before, now, input, after, ...outputs) => {
  const session: Session = { ...newSession(0), lastId: 7, phase: phaseFrom(before) }
  const [stepped, done] = stepSession(session, inputFrom(input), { ...context, now })
  expect([phaseOf(stepped.phase), done.map(said)]).toEqual([after, outputs])
  if (before === after && outputs.length === 0) expect(stepped).toEqual(session)
})

test('one that was to shut down takes the place of the active one that is lost, and is replaced at once', () => {
  const session: Session = { ...newSession(0), lastId: 7, phase: phaseFrom('1@10 + 2@20 from Infinity shutdown') }
  const [{ phase }, outputs] = stepSession(session, inputFrom('1 Ended'), { ...context, now: 30 })
  expect(phaseOf(phase)).toBe('2@20 + Opening 8')
  expect(outputs.map(said)).toEqual(['1 Disconnected 1006 lost', '2 Rotating serverShutdown', 'Open 8'])
})

test.each<readonly [phase: string, due: number]>([
  ['Waiting 7', 7],
  ['Opening 1', Infinity],
  ['Active 1@10', 1_000_010],
  ['1@10 + Waiting 7', 7],
  ['1@10 + Opening 2', Infinity],
  ['1@10 + 2@20 from Infinity', Infinity],
  ['1@10 + 2@20 from 35', 35],
  ['1@10 + 2@20 from 35 activeData', Infinity],
  ['1@10 + 2@20 from 35 data activeData', 35],
])('%s has to be looked at again at %d', (phase, due) =>
  expect(sessionDueAt({ ...newSession(0), phase: phaseFrom(phase) })).toBe(due),
)

test.each([
  [86_400_000, 600_000, 0, 85_800_000],
  [86_400_000, 600_000, 0.5, 85_500_000],
  [60_000, 20_000, 0.5, 30_000],
  [60_000, 600_000, 0, 30_000],
  [60_000, 0, 0.5, 60_000],
])('a lifetime of %d ms, replaced %d ms before, chance %d: after %d ms', (lifetime, rotateBefore, chance, age) => {
  const session: Session = { ...newSession(0), phase: phaseFrom('Opening 1') }
  const given = { ...context, ...{ now: 7, lifetime, rotateBefore }, random: () => chance }
  expect(sessionDueAt(stepSession(session, inputFrom('1 Opened'), given)[0])).toBe(7 + age)
})
