import { accountName } from '../host/rest/Authenticated.js'
import type { VenueAccount } from '../host/VenueAccount.js'

/**
 * An account's name, by its place among those that are listed, its API key, or the address of its API wallet.
 *
 * @throws TypeError where it is not among those that are listed.
 */
export const chosenAccount = (accounts: readonly VenueAccount[], which: number | string): string => {
  const isWallet = typeof which === 'string' && /^0x[0-9a-f]{40}$/i.test(which)
  const other = isWallet ? `wallet ${which.toLowerCase()}` : `key ${which}`
  const place =
    typeof which === 'number'
      ? which
      : accounts.findIndex(({ apiKey, signer }) =>
          isWallet ? signer?.toLowerCase() === which.toLowerCase() : apiKey === which,
        )
  const isListed = accounts[place] !== undefined
  if (isListed || (typeof which === 'string' && accounts.length === 0)) return accountName(place, other)
  // What came may be a key.
  throw new TypeError(
    `account: expected one of the ${accounts.length} accounts that are listed, by place, key or wallet`,
  )
}
