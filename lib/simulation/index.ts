// A market that never was
export { seeded } from './market/seeded.js'
export { market, type Market, type MarketConfig } from './market/market.js'
export type { MarketEvent } from './market/MarketEvent.js'
export { matching, type Fill, type Matching, type NewOrder, type Outcome } from './market/matching.js'
export { reports, type Reports } from './market/reports.js'
export { bitcoinScale, type Scale } from './market/Scale.js'

// A venue on this machine
export { startVenue } from './host/startVenue.js'
export type { SimulatedVenue } from './host/SimulatedVenue.js'
export type { SentPayload, VenueConfig } from './host/VenueConfig.js'
export type { Controls } from './host/Controls.js'
export type { LogEntry } from './host/LogEntry.js'
export type { RestCall, RestFault } from './host/faults/RestFault.js'
export type { BrokenFrame, DepthFault, PackingFault, RequestFault, UpgradeFault } from './host/faults/SocketFaults.js'
export type { VenueAccount } from './host/VenueAccount.js'
export type { AccountFault } from './host/faults/AccountFault.js'
export type {
  AccountBalance,
  AccountControls,
  AccountHolding,
  PlacedOrder,
  ScriptedOrder,
} from './exchange/AccountControls.js'
export type { PingTimes } from './host/PingTimes.js'
