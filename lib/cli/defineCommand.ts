import type { AnyCommand, Command, OptionTable } from './Command.js'
import { readCall } from './readCall.js'

/** Puts a command together with what reads its line. */
export const defineCommand = <const O extends OptionTable>({ run, ...table }: Command<O>): AnyCommand => ({
  ...table,
  start: (args) => {
    const call = readCall<O>(table, args)
    return { isHelp: call.isHelp, run: (terminal) => run(call, terminal) }
  },
})
