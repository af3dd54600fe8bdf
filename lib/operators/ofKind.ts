import { aText, checked } from '../codecs/checked.js'
import { filter, type OperatorFunction } from 'rxjs'

/** Anything that says its kind, as every `Message` does. */
interface Kinded {
  readonly kind: string
}

/**
 * Lets the messages of one kind pass, or of several, typed by them.
 *
 * ```
 * messages        --t---d---t---k--|
 * ofKind('trade') --t-------t------|
 * ```
 *
 * Completes and errors with the source. Unsubscribing unsubscribes from the source. Who wants one kind only is served
 * better by the client's own Observable of that kind.
 *
 * ```ts
 * client.message$.pipe(ofKind('trade', 'aggTrade')).subscribe(({ event }) => show(event.price))
 * ```
 */
export const ofKind = checked(
  'ofKind',
  [aText('a kind, as trade')],
  <M extends Kinded, K extends M['kind']>(
    ...kinds: readonly [K, ...K[]]
  ): OperatorFunction<M, Extract<M, { readonly kind: K }>> => {
    const wanted = new Set<string>(kinds)
    return filter((message): message is Extract<M, { readonly kind: K }> => wanted.has(message.kind))
  },
)
