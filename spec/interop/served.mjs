import { after } from './ran.mjs'
import { filter, firstValueFrom, skip } from 'rxjs'
import { startVenue } from '../../lib/simulation/index.ts'

/** A venue that is closed at the end. */
export const served = async (config) => {
  const venue = await startVenue({ seed: 7, ...config })
  after(venue.close)
  return venue
}

/** Resolves when a client has asked for something once more. */
export const asked = ({ log$ }) => firstValueFrom(log$.pipe(filter(({ type }) => type === 'received')))

/** Resolves when so many connections were opened, or so many texts received, from now on. */
export const logged = ({ log$ }, what, count = 1) =>
  firstValueFrom(
    log$.pipe(
      filter(({ type }) => type === what),
      skip(count - 1),
    ),
  )

/** One step after the other until the book of the symbol changed. */
export const stepBook = (controls, symbol = 'BTCUSDT') => {
  const before = controls.book(symbol).lastUpdateId
  while (controls.book(symbol).lastUpdateId === before) controls.step()
}

/** What the venue said on a stream, as JSON. */
export const saidOn = (controls, stream) =>
  controls
    .log()
    .filter((entry) => entry.type === 'sent' && entry.stream === stream)
    .map(({ text }) => JSON.parse(text))
    .map((frame) => frame.data ?? frame)
