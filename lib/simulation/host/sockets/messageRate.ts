const SECOND = 1_000

/** Counts one message at `now`, in ms: true where more than `most` came within the last `per` ms. */
export const messageRate = (most: number, per = SECOND): ((now: number) => boolean) => {
  let recent: readonly number[] = []
  return (now) => {
    recent = [...recent.filter((at) => at > now - per), now]
    return recent.length > most
  }
}
