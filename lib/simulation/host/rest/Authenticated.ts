import type { Venue } from '../../../venues/Venue.js'
import { languageOf } from '../../exchange/languages.js'
import { refuse, type Reason } from '../../exchange/Refusal.js'
import type { RestAnswer } from './RestExchange.js'

/** Who asks, or why they are refused. */
export type Authenticated = { readonly account: string } | { readonly refused: RestAnswer }

/** Refuses in the venue's words. */
export const refused = (venue: Venue, refusal: Reason): Authenticated => ({
  refused: refuse(languageOf(venue), { refusal }),
})

/** An account by its place among those listed, or by another name where none are. */
export const accountName = (place: number, other: string): string => (place < 0 ? other : `account ${place}`)
