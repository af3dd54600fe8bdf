import type { Status } from '../index.js'
import { statusText } from './statusText.js'
import type { Terminal } from './Terminal.js'

const failures: ReadonlySet<Status['_tag']> = new Set(['BadFile', 'BadRecord'])
const news: ReadonlySet<Status['_tag']> = new Set([
  ...['FileFormat', 'Unverified', 'Repaired', 'NotRecorded', 'Unmerged', 'Disconnected'],
] as const)

/** What is wrong with a recording, and what happened while it was made. */
export const tellReplayed =
  (terminal: Terminal) =>
  (status: Status): void => {
    // What the library calls by the names of its options has the same names here.
    if (failures.has(status._tag)) terminal.fail(statusText(status).replaceAll(/`(\w+)`/g, '--$1'), status)
    else if (news.has(status._tag)) terminal.say(statusText(status), status)
  }
