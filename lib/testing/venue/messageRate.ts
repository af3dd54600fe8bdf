const SECOND = 1_000

/** Counts one message at `now`, in ms: true where more than `most` came within the last second. */
export const messageRate = (most: number): ((now: number) => boolean) => {
  let recent: readonly number[] = []
  return (now) => {
    recent = [...recent.filter((at) => at > now - SECOND), now]
    return recent.length > most
  }
}
