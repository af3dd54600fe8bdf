const keys = ['firstUpdateId', 'lastUpdateId', 'previousUpdateId', 'updateId'] as const

/** The same event with all its update ids lower by `by`. */
export const shiftIds = <A extends Partial<Record<(typeof keys)[number], number>>>(event: A, by: number): A => {
  if (by === 0) return event
  const shifted = { ...event }
  for (const key of keys) if (shifted[key] !== undefined) Object.assign(shifted, { [key]: shifted[key] - by })
  return shifted
}
