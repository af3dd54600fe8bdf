// Time
export { marbles, type MarbleHelpers } from './marbles.js'

// Chance
export { seeded } from './seeded.js'

// Frames and events of every kind
export { eventOf, type Overrides } from './eventOf.js'
export { frameOf, type FrameParameters } from './frameOf.js'

// Faults
export type { Victims } from './Victims.js'
export { cut, type Cuts } from './cut.js'
export { delay, type Lateness } from './delay.js'
export { drop } from './drop.js'
export { duplicate } from './duplicate.js'
export { reorder, type Reordering } from './reorder.js'

// A market that never was
export { market, type Market, type MarketConfig } from './market.js'
export type { MarketEvent } from './market/MarketEvent.js'
export { matching, type Fill, type Matching, type NewOrder, type Outcome } from './market/matching.js'
export { reports, type Reports } from './market/reports.js'
export { bitcoinScale, type Scale } from './market/Scale.js'

// A venue on this machine
export { startVenue } from './venue/startVenue.js'
export type { SimulatedVenue } from './venue/SimulatedVenue.js'
export type { SentPayload, VenueConfig } from './venue/VenueConfig.js'
export type { Controls } from './venue/Controls.js'
export type { LogEntry } from './venue/LogEntry.js'
export type { RestCall, RestFault } from './venue/faults/RestFault.js'
export type { BrokenFrame, DepthFault, PackingFault, RequestFault, UpgradeFault } from './venue/faults/SocketFaults.js'
export type { VenueAccount } from './venue/VenueAccount.js'
export type { AccountFault } from './venue/faults/AccountFault.js'
export type {
  AccountBalance,
  AccountControls,
  AccountHolding,
  PlacedOrder,
  ScriptedOrder,
} from './venue/orders/AccountControls.js'
export type { PingTimes } from './venue/PingTimes.js'
