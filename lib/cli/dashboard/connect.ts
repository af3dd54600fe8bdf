import {
  accountCommunicator,
  asterFutures,
  asterPrediction,
  asterSpot,
  binanceFutures,
  binanceSpot,
  createClient,
  createRest,
  mergeCommunicators,
  websocketCommunicator,
  type Client,
  type Rest,
} from 'aster-rx/core'
import type { Setup } from './Setup.js'

const venues = { asterFutures, asterPrediction, asterSpot, binanceFutures, binanceSpot } as const

type PageVenue = (typeof venues)[keyof typeof venues]
export type PageClient = Client<PageVenue>

const venueOf = ({ venue, bookStream }: Setup): PageVenue => {
  const found = Object.values(venues).find(({ name }) => name === venue)
  if (found === undefined) throw new TypeError(`expected one of ${Object.keys(venues).join(', ')}, came ${venue}`)
  // What a recording holds may be another of the venue's streams than the one that is asked for live.
  return bookStream === undefined ? found : { ...found, bookStream }
}

/** The client of the page, whose venue is behind the server that the page came from. */
export const createPageClient = (
  setup: Setup,
  { host, origin }: Pick<Location, 'host' | 'origin'>,
): { readonly client: PageClient; readonly rest: Rest } => {
  const venue = venueOf(setup)
  const endpoint = `${origin.replace(/^http/, 'ws')}${setup.path}`
  const rest = createRest({ venue, endpoint: origin })
  // Who looks on wants to see a silence end.
  const config = { endpoint, rest: { endpoint: origin }, pingEvery: 5_000 }
  const market = websocketCommunicator<PageVenue>(venue, {
    ...config,
    // Where books are muted on purpose nobody wants to wait.
    ...(setup.source === 'simulated' && { silence: { depth: 5_000 } }),
  })
  const account = () => accountCommunicator(venue, { apiKey: `dashboard of ${host}` }, config)
  const communicator = setup.hasAccount ? mergeCommunicators(market, account()) : market
  return { client: createClient<PageVenue>({ venue, communicator, onNotice: () => undefined }), rest }
}
