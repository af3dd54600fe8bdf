import { failure, type RestAnswer } from './RestExchange.js'

/** Who asks, or why they are refused. */
export type Authenticated = { readonly account: string } | { readonly refused: RestAnswer }

/** Refuses with an error of the venue. */
export const refused = (code: number, msg: string, status = 400): Authenticated => ({
  refused: failure(code, msg, status),
})

/** An account by its place among those listed, or by another name where none are. */
export const accountName = (place: number, other: string): string => (place < 0 ? other : `account ${place}`)
