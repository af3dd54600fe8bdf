import type { BookState } from 'aster-rx/core'

/** How a book is, in words. */
export const reasonText = (state: BookState): string => {
  if (state._tag === 'Synced') return 'synced'
  if (state._tag === 'Stale') return `quiet for ${(state.quiet / 1_000).toFixed(1)} s`
  const error = state.error instanceof Error ? `: ${state.error.message}` : ''
  return `syncing: ${state.reason}${error}`
}
