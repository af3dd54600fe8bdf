import { identity, throwError, timeout, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs'

/** Errors where the first value takes longer than `ms`; `Infinity` waits for ever. */
export const within = <A>(ms: number, scheduler: SchedulerLike, late: () => Error): MonoTypeOperatorFunction<A> =>
  Number.isFinite(ms) ? timeout({ first: ms, scheduler, with: () => throwError(late) }) : identity
