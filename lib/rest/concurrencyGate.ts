import { finalize, Observable } from 'rxjs'
import { sharedByCopies } from '../copies.js'
import type { Signer } from './sign.js'

/** Lets so many Observables run at a time; first come, first served. */
export interface ConcurrencyGate {
  /**
   * The source, subscribed to in its turn; it leaves when it ends or nobody listens to it any more. Errors with `full`
   * where too many wait already.
   */
  readonly pass: <A>(source: Observable<A>, full?: () => Error) => Observable<A>
}

/** How many. */
export interface ConcurrencyGateConfig {
  readonly limit: number
  /** How many may wait. Default: any number. */
  readonly maxWaiting?: number
}

/** Makes a gate that nobody has passed yet. */
export const concurrencyGate = ({ limit, maxWaiting = Infinity }: ConcurrencyGateConfig): ConcurrencyGate => {
  const waiting = new Set<() => void>()
  let inside = 0

  const leave = (): void => {
    inside -= 1
    const [next] = waiting
    if (next === undefined) return
    waiting.delete(next)
    next()
  }

  return {
    pass: (source, full = () => new Error('Too many are waiting')) =>
      new Observable((subscriber) => {
        const enter = () => {
          inside += 1
          subscriber.add(source.pipe(finalize(leave)).subscribe(subscriber))
        }
        if (inside < limit) enter()
        else if (waiting.size < maxWaiting) waiting.add(enter)
        else subscriber.error(full())
        return () => {
          waiting.delete(enter)
        }
      }),
  }
}

/** The venue remembers the latest 100 nonces of a signer, and refuses those below: so many may be under way. */
const MOST_SIGNED = 99 // F37

const gates = sharedByCopies('signerGates', () => new WeakMap<Signer, ConcurrencyGate>())

/** The gate of a signer's requests, whichever rest they go through. */
export const signerGate = (signer: Signer): ConcurrencyGate => {
  const gate = gates().get(signer) ?? concurrencyGate({ limit: MOST_SIGNED })
  gates().set(signer, gate) // F37
  return gate
}
