/** Sockets that are destroyed are gone within so many turns of the event loop. */
const TURNS = 20

/**
 * Says how many timers keep this process alive, once it has had the turns in which sockets go. With none it ends by
 * itself; with some it is ended, so that nobody waits for it.
 */
export const sayTimersLeft = async (): Promise<void> => {
  for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve))
  const left = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  process.stdout.write(`, timers: ${left}`, () => {
    if (left > 0) process.exit()
  })
}
