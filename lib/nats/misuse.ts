/** What was expected of a config, what came, and what to do. */
export const misuse = (who: string, expected: string, came: unknown, advice: string): TypeError =>
  new TypeError(
    `${who}: expected ${expected}, came ${typeof came === 'number' ? came : JSON.stringify(came)}: ${advice}`,
  )

/** Checks numbers of a config in the name of who was called. */
export const numbersOf =
  (who: string) =>
  <Config extends object>(config: Config, name: keyof Config & string, least: number, fallback: number): number => {
    const value: unknown = config[name]
    if (value === undefined) return fallback
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value
    throw misuse(who, `\`${name}\` as an integer of at least ${least}`, value, `leave it out for ${fallback}`)
  }

/** Checks the name of a stream, and what its subjects begin with. */
export const checkedNames = (who: string, { name, prefix = 'md' }: { name?: string; prefix?: string }): void => {
  if (name !== undefined && !/^[^\s.*>/\\]+$/.test(name))
    throw misuse(who, 'a name of a stream', name, 'NATS takes neither white space nor . * > / \\ in it')
  if (!/^[^\s.*>$]+(\.[^\s.*>$]+)*$/.test(prefix))
    throw misuse(who, 'a `prefix` of subjects', prefix, "give words with dots between, as 'md' or 'live.md'")
}
