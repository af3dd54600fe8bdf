import { Subscription, type SchedulerLike } from 'rxjs'
import { after } from '../../timing/wait.js'

/** The listen keys of all accounts: each has one at most. */
export interface ListenKeys {
  /** The account's key, for another 60 minutes: the same one while it lives. */
  readonly create: (account: string) => string
  /** True where the account has this key, or one at all; it lives for another 60 minutes. */
  readonly extend: (account: string, key?: string) => boolean
  readonly close: (account: string, key?: string) => boolean
  /** Its time is up at once. */
  readonly expire: (key: string) => boolean
  /** The key of an account, while one lives. */
  readonly of: (account: string) => string | undefined
  /** The keys that live. */
  readonly all: () => readonly string[]
  readonly stop: () => void
}

/** What listen keys need. */
export interface ListenKeysConfig {
  readonly scheduler: SchedulerLike
  readonly random: () => number
  /** A key's time is up. */
  readonly expired: (key: string) => void
}

const LIFETIME = 3_600_000
const LENGTH = 64
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export const listenKeys = ({ scheduler, random, expired }: ListenKeysConfig): ListenKeys => {
  const keys = new Map<string, { readonly key: string; readonly end: Subscription }>()

  const forget = (account: string) => {
    keys.get(account)?.end.unsubscribe()
    keys.delete(account)
  }
  const live = (account: string, key: string) => {
    forget(account)
    const end = after(LIFETIME, scheduler, () => {
      forget(account)
      expired(key)
    })
    keys.set(account, { key, end })
  }
  const letter = () => letters.charAt(Math.floor(random() * letters.length))
  const found = (account: string, key: string | undefined) => {
    const own = keys.get(account)?.key
    return key === undefined || key === own ? own : undefined
  }

  return {
    create: (account) => {
      const key = keys.get(account)?.key ?? Array.from({ length: LENGTH }, letter).join('')
      live(account, key)
      return key
    },
    extend: (account, named) => {
      const key = found(account, named)
      if (key !== undefined) live(account, key)
      return key !== undefined
    },
    close: (account, named) => {
      const key = found(account, named)
      if (key !== undefined) forget(account)
      return key !== undefined
    },
    expire: (key) => {
      for (const [account, own] of keys)
        if (own.key === key) {
          forget(account)
          expired(key)
          return true
        }
      return false
    },
    of: (account) => keys.get(account)?.key,
    all: () => [...keys.values()].map(({ key }) => key),
    stop: () => {
      for (const account of [...keys.keys()]) forget(account)
    },
  }
}
