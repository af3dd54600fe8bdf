const open = new Map<unknown, { readonly ms: number; readonly set: Error }>()
const { setInterval: set, clearInterval: clear } = globalThis

/** The places in this library that led there: read only when they are asked for, since that takes long. */
const whence = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => line.includes('/lib/'))
    .join('\n')

// Not Jest's spies: they remember every call.
Object.assign(globalThis, {
  setInterval: (work: () => void, ms: number) => {
    const handle = set(work, ms)
    open.set(handle, { ms, set: new Error() })
    return handle
  },
  clearInterval: (handle: NodeJS.Timeout) => {
    open.delete(handle)
    clear(handle)
  },
})

/** The timers that RxJS's schedulers hold now, by where they were set: everything here that waits does so through one. */
export const openTimers = (): readonly string[] => [...open.values()].map(({ ms, set }) => `${ms} ms:\n${whence(set)}`)
