/**
 * Bytes where text should be: told, so that they are counted and reported like every other frame, and never JSON. What
 * they are is not shown: on the connection of an account it may be its listen key.
 */
export const shownBytes = (bytes: Uint8Array, why?: string): string =>
  `<binary, ${bytes.length} bytes${why === undefined ? '' : `: ${why}`}>`
