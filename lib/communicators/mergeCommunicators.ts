import { connect, filter, identity, map, merge, ReplaySubject, type SchedulerLike } from 'rxjs'
import type { Communicator } from './Communicator.js'
import { distinctSources } from './distinctSources.js'

/**
 * Several communicators as one: market and account streams in one client, or connections to two addresses.
 * All of them are given the wanted streams; those that carry an account ignore them. Signals come in the order in
 * which they happen, each with its own source.
 *
 * ```
 * market     C-t-t-----t-D--|
 * account    ---C--o--o--------|
 * merged     C-tCt-o--otD------|
 * ```
 *
 * It completes when all have completed, an error of one ends it, and unsubscribing ends all of them.
 * Order books are asked for by the first one that can.
 *
 * ```ts
 * createClient({ venue, communicator: mergeCommunicators(websocketCommunicator(venue), accountCommunicator(venue, credentials)) })
 * ```
 *
 * @throws TypeError when there is none, when they are of several venues, or when a replay is among others: a client has one venue and one
 * clock. The files of several replays belong into one.
 */
export const mergeCommunicators = <Name extends string>(
  ...given: readonly [Communicator<Name>, ...Communicator<NoInfer<Name>>[]]
): Communicator<Name> => {
  const communicators: readonly Communicator[] = given
  const wrong = communicators.findIndex((one) => typeof one !== 'function')
  if (wrong >= 0)
    throw new TypeError(`mergeCommunicators: expected communicators, came another value in place ${wrong + 1}`)
  const [first] = communicators
  if (first === undefined) throw new TypeError('mergeCommunicators: expected at least one communicator, came none')
  const { scheduler, skipped } = first
  if (communicators.some((other) => other.scheduler !== scheduler)) throw misfit(communicators)
  const [venue, ...otherVenues] = new Set(communicators.flatMap((one) => one.venue ?? []))
  if (otherVenues.length > 0)
    throw new TypeError(
      `mergeCommunicators: expected communicators of one venue, came those of ${[venue, ...otherVenues].join(', ')}: a client has one venue`,
    )
  const snapshot = communicators.find((one) => one.snapshot !== undefined)?.snapshot
  const venueClock = communicators.find((one) => one.venueClock !== undefined)?.venueClock
  const accounts = communicators.flatMap(({ account }) => (account === undefined ? [] : [account]))
  const ofAccounts = new Set(accounts.flatMap((names) => [...names]))
  const merged: Communicator = (wanted$) =>
    wanted$.pipe(
      connect(
        (shared$) =>
          merge(
            ...distinctSources(
              communicators.map((one, place) =>
                one(one.account === undefined ? shared$.pipe(map(without(ofAccounts))) : shared$).pipe(
                  // All have the same clock: its steps are said once.
                  place === 0 ? identity : filter(({ _tag }) => _tag !== 'ClockStepped'), // F54
                ),
              ),
            ),
          ),
        {
          connector: () => new ReplaySubject(1),
        },
      ),
    )
  return Object.assign(merged, {
    ...clockOf(scheduler),
    ...(snapshot !== undefined && { snapshot }),
    ...(skipped !== undefined && { skipped }),
    ...(venueClock !== undefined && { venueClock }),
    ...(venue !== undefined && { venue }),
    ...(accounts.length > 0 && { account: ofAccounts }),
    sent$: merge(...communicators.flatMap(({ sent$ }) => sent$ ?? [])),
    send: (text: string, to?: string) => communicators.reduce((sum, { send }) => sum + (send?.(text, to) ?? 0), 0),
    reconnect: (reason?: string) => {
      for (const { reconnect } of communicators) reconnect?.(reason)
    },
    behind: () => communicators.reduce((sum, { behind }) => sum + (behind?.() ?? 0), 0),
    unasked: () => communicators.reduce((sum, { unasked }) => sum + (unasked?.() ?? 0), 0),
  })
}

/** What an account communicator carries is not asked of the others. */
const without =
  (carried: ReadonlySet<string>) =>
  (names: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...names].filter((name) => !carried.has(name)))

const clockOf = (scheduler: SchedulerLike | undefined) => scheduler !== undefined && { scheduler }

const misfit = (communicators: readonly Communicator[]): TypeError => {
  const replays = communicators.filter(({ scheduler }) => scheduler !== undefined).length
  return new TypeError(
    replays < communicators.length
      ? `mergeCommunicators: expected all live or one replay, came ${replays} replayed of ${communicators.length}: a client has one clock`
      : `mergeCommunicators: expected one replay, came ${replays}: give all files to one replayCommunicator`,
  )
}
