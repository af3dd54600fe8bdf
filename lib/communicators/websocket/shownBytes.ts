const SHOWN_BYTES = 64

/** Bytes where text should be: shown, so that they are counted and reported like every other frame, and never JSON. */
export const shownBytes = (bytes: Uint8Array): string => {
  const head = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `<binary, ${bytes.length} bytes: ${head}${bytes.length > SHOWN_BYTES ? '…' : ''}>`
}
