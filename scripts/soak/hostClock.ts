/** The clocks of a host that is put forward or back, and that sleeps; times in ms. */
export interface HostClock {
  /** The time of day, since 1970. */
  readonly clock: () => number
  /** A time that only runs on, and stands still while the host sleeps. */
  readonly monotonic: () => number
  /** Somebody puts the time of day forward, or, below 0, back. */
  readonly step: (ms: number) => void
  /** The host sleeps from now on for so long; whoever runs on it does nothing meanwhile. */
  readonly sleep: (ms: number) => void
}

export const hostClock = (now: () => number): HostClock => {
  let stepped = 0
  /** Before the last sleep; when that began, and how long it is. */
  let slept = 0
  let [sleepsFrom, sleepsFor] = [0, 0]
  const asleep = () => Math.min(sleepsFor, Math.max(0, now() - sleepsFrom))
  return {
    clock: () => now() + stepped,
    monotonic: () => now() - slept - asleep(),
    step: (ms) => {
      stepped += ms
    },
    sleep: (ms) => {
      slept += asleep()
      ;[sleepsFrom, sleepsFor] = [now(), ms]
    },
  }
}
