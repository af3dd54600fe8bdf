/** A line that somebody types. */
interface Typed {
  readonly type: string
  /** What it says, and how it ends: with 0, unless it runs on. */
  readonly says: RegExp
  /** It runs until the project is done; what it says is waited for. */
  readonly isServer?: true
}

/** A file that somebody writes. */
interface Written {
  readonly file: string
  readonly text: string
}

/** A page that somebody looks at. */
interface Opened {
  readonly open: string
  /** What its console says, sooner or later. */
  readonly says: RegExp
}

export type Step = Typed | Written | Opened
