/** What was begun before it is asked for: who stops reading waits no more for it, however it ends. */
export const readAhead = <A>(work: Promise<A>): Promise<A> => {
  work.catch(() => undefined)
  return work
}
