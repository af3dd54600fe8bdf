import type { Venue } from '../../venues/Venue.js'

/** What the venue wants to be asked for; where there is nothing, an account is carried by its address alone. */
export const streamsOf = ({ account }: Pick<Venue, 'account'>): ReadonlySet<string> =>
  new Set(Object.values(account).flatMap(({ stream }) => (stream === undefined ? [] : [stream])))
