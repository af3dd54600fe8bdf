import type { OpenConnection, Overlapping, SessionContext, SessionInput, SessionOutput } from './Session.js'

/** A successor that was just opened. */
export const overlapping = (connection: OpenConnection): Overlapping => ({
  _tag: 'Overlapping',
  connection,
  takeOverAt: Infinity,
  ...{ hasData: false, hasActiveData: false, isShuttingDown: false },
})

/** What an input says of a successor, and of the active connection beside it. */
export const noted = (
  successor: Overlapping,
  activeId: number,
  input: SessionInput,
  { now, overlap }: SessionContext,
): Overlapping => {
  const { _tag, id }: { readonly _tag: SessionInput['_tag']; readonly id?: number } = input
  if (id === activeId) return _tag === 'Data' ? { ...successor, hasActiveData: true } : successor
  if (id !== successor.connection.id) return successor
  const change = {
    ...{ Tick: {}, Want: {}, Rotate: {}, Reconnect: {}, Opened: {}, Quiet: {}, Back: {}, Ended: {} },
    Settled: { takeOverAt: now + overlap, hasActiveData: false }, // F10
    Unsettled: { takeOverAt: Infinity },
    Data: { hasData: true },
    ShuttingDown: { isShuttingDown: true }, // F11
  }[_tag]
  return { ...successor, ...change }
}

/** From here on, data of the active connection counts against a successor that brings none. */
export const awaited = (
  input: SessionInput,
  active: OpenConnection,
  { connection }: Overlapping,
): readonly SessionOutput[] =>
  input._tag === 'Settled' && input.id === connection.id ? [{ _tag: 'AwaitData', id: active.id }] : []

/** It carries data, or there is none to be carried. */
export const isReady = ({ hasData, hasActiveData }: Overlapping): boolean => hasData || !hasActiveData // F10
