import { isValues } from '../codecs/Values.js'

/**
 * What is stored of a group: how many partitions it has, the sequence with which it began, and a number of each member
 * that grows while it is alive.
 */
export interface StoredGroup {
  readonly partitions: number
  readonly from: number
  readonly beats: Readonly<Record<string, number>>
}

/** What a member knows of the others: the last number of each, and since when it is so, in ms by its own clock. */
export type KnownMembers = ReadonlyMap<string, { readonly beat: number; readonly since: number }>

/** Reads an entry; `undefined` where it is none. */
export const parseGroup = (text: string): StoredGroup | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    if (!isValues(value)) return undefined
    const { partitions, from, beats } = value
    if (!isValues(beats) || typeof partitions !== 'number' || typeof from !== 'number') return undefined
    const numbers = Object.entries(beats).filter((one): one is [string, number] => typeof one[1] === 'number')
    return { partitions, from, beats: Object.fromEntries(numbers) }
  } catch {
    return undefined
  }
}

/** After a look at what is stored. */
export const looked = (known: KnownMembers, { beats }: Pick<StoredGroup, 'beats'>, at: number): KnownMembers =>
  new Map(
    Object.entries(beats).map(([member, beat]) => {
      const before = known.get(member)
      return [member, { beat, since: before?.beat === beat ? before.since : at }]
    }),
  )

/** Those whose number has not stayed the same for `timeToLive` ms. */
export const alive = (known: KnownMembers, at: number, timeToLive: number): readonly string[] =>
  [...known].filter(([, { since }]) => at - since < timeToLive).map(([member]) => member)

/** What we store: those who are alive, and ourselves with the next number. */
export const beaten = (known: KnownMembers, living: readonly string[], member: string): StoredGroup['beats'] => ({
  ...Object.fromEntries(living.map((other) => [other, known.get(other)?.beat ?? 0])),
  [member]: (known.get(member)?.beat ?? 0) + 1,
})
