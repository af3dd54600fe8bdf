import type { Terminal } from './Terminal.js'
import type { ValueType } from './ValueType.js'

/** An option without a value. */
interface Flag {
  readonly says: string
  readonly type?: undefined
}

/** An option with a value. */
export interface Valued<A = unknown> {
  readonly type: ValueType<A>
  /** As somebody would type it. */
  readonly default?: string
  /** What happens without it, in words, where it has no default. */
  readonly without?: string
  /** It may be given several times, and a value may be several, with commas between them. */
  readonly isList?: true
  readonly says: string
}

export type Option = Flag | Valued
export type OptionTable = Readonly<Record<string, Option>>

/** What was given: a flag is true or false, a list is empty where nothing came. */
export type ValuesOf<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends { readonly type: ValueType<infer A> }
    ? O[K] extends { readonly isList: true }
      ? readonly A[]
      : O[K] extends { readonly default: string }
        ? A
        : A | undefined
    : boolean
}

/** What stands behind the command's name. */
export interface Argument {
  readonly name: string
  readonly says: string
  readonly isMany?: true
  readonly choices?: readonly string[]
  readonly isFile?: true
  /** What may be meant, beside a file. */
  readonly suggestions?: readonly string[]
}

/** A command: from this come its help, its completions, its page, and how its line is read. */
export interface Command<O extends OptionTable = OptionTable> {
  readonly name: string
  /** One sentence. */
  readonly says: string
  /** More than a sentence, for the page and the help: a paragraph each. */
  readonly details?: readonly string[]
  readonly arguments: readonly Argument[]
  readonly options: O
  readonly examples: readonly string[]
  readonly run: (call: Call<O>, terminal: Terminal) => Promise<void>
}

/** A command line that was read. */
export interface Call<O extends OptionTable = OptionTable> {
  readonly arguments: readonly string[]
  readonly options: ValuesOf<O> & { readonly json: boolean }
  readonly isHelp: boolean
}

/** A command, whatever its options are: what reads its line is its own. */
export interface AnyCommand extends Omit<Command, 'run'> {
  /** Reads what stands behind its name. @throws UsageError */
  readonly start: (args: readonly string[]) => Start
}

/** A command line that was read, and can be run. */
interface Start {
  readonly isHelp: boolean
  readonly run: (terminal: Terminal) => Promise<void>
}
