/** An error that says that no retry helps, as a `RestError` may. */
export const isFinal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'final' in error && error.final === true
