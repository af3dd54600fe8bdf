import type { AnyCommand } from './Command.js'
import { completionsOf } from './commands/completions.js'
import { convert } from './commands/convert.js'
import { dashboard } from './commands/dashboard.js'
import { publish } from './commands/publish.js'
import { record } from './commands/record.js'
import { replay } from './commands/replay.js'
import { serve } from './commands/serve.js'
import { venue } from './commands/venue.js'
import { verify } from './commands/verify.js'
import { watch } from './commands/watch.js'

const others: readonly AnyCommand[] = [watch, replay, record, convert, verify, serve, publish, venue, dashboard]

/** All commands, in the order of the help. */
export const commands: readonly AnyCommand[] = [...others, completionsOf(others)]
