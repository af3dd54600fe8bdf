import { animationFrames, audit, take, type MonoTypeOperatorFunction } from 'rxjs'

/** The last value before each frame that the browser draws; none while the page is hidden. */
export const atFrames = <A>(): MonoTypeOperatorFunction<A> => audit(() => animationFrames().pipe(take(1)))
