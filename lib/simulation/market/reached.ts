/** Whether a whole number of `period` ms was reached since the last time that was asked about, however long ago. */
export const reached = (period: number, start: number): ((at: number) => boolean) => {
  let last = start
  return (at) => {
    const isReached = Math.floor(at / period) > Math.floor(last / period)
    last = at
    return isReached
  }
}
