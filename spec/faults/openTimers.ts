const open = new Map<unknown, string>()
const { setInterval: set, clearInterval: clear } = globalThis

/** The places in this library that led here. */
const whence = (): string =>
  (new Error().stack ?? '')
    .split('\n')
    .filter((line) => line.includes('/lib/'))
    .join('\n')

// Not Jest's spies: they remember every call.
Object.assign(globalThis, {
  setInterval: (work: () => void, ms: number) => {
    const handle = set(work, ms)
    open.set(handle, `${ms} ms:\n${whence()}`)
    return handle
  },
  clearInterval: (handle: NodeJS.Timeout) => {
    open.delete(handle)
    clear(handle)
  },
})

/**
 * The timers that RxJS's schedulers hold now, by where they were set, without those of the simulated venue: everything
 * here that waits does so through one.
 */
export const openTimers = (): readonly string[] =>
  [...open.values()].filter((place) => !place.includes('/lib/simulation/'))
