import { parseArgs } from 'node:util'
import type { VenueWithBooks } from '../../lib/venues/Venue.js'
import { soakVenues } from './runVirtual.js'

/** What was asked for. */
export interface Options {
  /** How many seeds, and which is the first. */
  readonly seeds: number
  readonly from: number
  /** Over real sockets. */
  readonly minutes: number
  readonly venue?: VenueWithBooks
}

export const usage = `npm run soak -- [--seeds 50] [--from 1] [--minutes 0.33] [--venue ${soakVenues.map(({ name }) => name).join('|')}]`

const numberOf = (text: string | undefined, usual: number, least: number): number => {
  const value = text === undefined ? usual : Number(text)
  if (!(value >= least && value < Infinity))
    throw new TypeError(`expected a number of at least ${least}, came ${text ?? ''}`)
  return value
}

/** Reads the command line. @throws TypeError where it makes no sense. */
export const optionsOf = (args: readonly string[]): Options => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args: [...args], options: { seeds: text, from: text, minutes: text, venue: text } })
  const venue = soakVenues.find(({ name }) => name === values.venue)
  if (values.venue !== undefined && venue === undefined) throw new TypeError(`'${values.venue}' cannot be soaked`)
  return {
    seeds: numberOf(values.seeds, 50, 0),
    from: numberOf(values.from, 1, 0),
    minutes: numberOf(values.minutes, 1 / 3, 0),
    ...(venue !== undefined && { venue }),
  }
}
