import type { RecordPart } from './RecordConfig.js'

/** `.txt`, `.gz`, `.txt.gz`: what stays at the end of the name. */
const extension = /(?<=[^/\\])(?:\.[^./\\]+)?(?:\.gz)?$/

const DIGITS = 4

/** `0001` to `9999`, then `a10000`, `b100000`: sorted by their characters they come in their order. */
const sortable = (index: number): string => {
  const digits = String(index).padStart(DIGITS, '0')
  return digits.length === DIGITS ? digits : `${String.fromCharCode(0x60 + digits.length - DIGITS)}${digits}`
}

/** Names the parts of a recording after one path: the period and the index come before the extension. */
export const partName =
  (path: string, { timed, numbered }: { readonly timed: boolean; readonly numbered: boolean }) =>
  ({ period, index }: RecordPart): string =>
    path.replace(extension, (end) => `${timed ? `-${period}` : ''}${numbered ? `-${sortable(index)}` : ''}${end}`)
