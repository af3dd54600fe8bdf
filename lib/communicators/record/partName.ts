import type { RecordPart } from './RecordConfig.js'

/** `.txt`, `.gz`, `.txt.gz`: what stays at the end of the name. */
const extension = /(?<=[^/\\])(?:\.[^./\\]+)?(?:\.gz)?$/

/** Names the parts of a recording after one path: the day and the index come before the extension. */
export const partName =
  (path: string, { daily, numbered }: { readonly daily: boolean; readonly numbered: boolean }) =>
  ({ day, index }: RecordPart): string =>
    path.replace(extension, (end) => `${daily ? `-${day}` : ''}${numbered ? `-${index}` : ''}${end}`)
