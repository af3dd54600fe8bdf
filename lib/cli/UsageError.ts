/** A command line that cannot be meant: what was expected, what came, and what to do, in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
