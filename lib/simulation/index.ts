/**
 * A market, and whole venues, over sockets or in virtual time; and relays of what a communicator brings.
 *
 * @module aster-rx/simulation
 */

// A venue on this machine
export { startVenue } from './host/startVenue.js'
export { simulate } from './host/simulate.js'
export { simulateTogether, type SimulatedSpan, type VenueTogether } from './host/simulateTogether.js'
export type { RecordingConfig, Simulation, SimulationConfig } from './host/Simulation.js'
export { recordedSteps, type RecordedStepsConfig } from './recorded/recordedSteps.js'
export type { Steps } from './recorded/recordedScale.js'
export type { UnsyncedSpan } from './recorded/recordedMarket.js'
export type { SentPayload, SimulatedVenue, VenueAccount, VenueConfig } from './host/VenueConfig.js'
export { bingxSwap } from './venues/bingxSwapVenue.js'
export type { PingTimes } from './venues/ServerBehaviour.js'

// What a communicator brings, as a venue serves it
export { startRelay } from './relay/startRelay.js'
export type { Relay, RelayConfig, RelayEvent } from './relay/RelayConfig.js'

// Its controls
export type { Controls } from './host/Controls.js'
export type { LogEntry } from './host/venueLog.js'
export type {
  AccountFault,
  BrokenFrame,
  CompressionFault,
  DepthFault,
  RequestFault,
  RestCall,
  RestFault,
  UpgradeFault,
} from './host/faults.js'
export type {
  AccountBalance,
  AccountControls,
  AccountHolding,
  PlacedOrder,
  ScriptedOrder,
} from './exchange/AccountControls.js'

// A market without a venue
export { market, type Market, type MarketConfig, type MarketEvent } from './market/market.js'
export { matching, type Fill, type Matching, type NewOrder, type Outcome } from './market/matching.js'
export type { RestingOrder, RestingSide } from './market/RestingSide.js'
export { bitcoinScale, type Scale } from './market/Scale.js'
export { seeded } from './market/seeded.js'

// Which orders a recorded market would have filled
export { queueFills, touchFills, tradeThroughFills } from './fills/fillModels.js'
export { fillsBehind, type QueuedOrder, type QueueState } from './fills/fillsBehind.js'
export type {
  FillInput,
  FillModel,
  FillState,
  LevelChange,
  ModelFill,
  ShownBook,
  ShownSide,
  ShownTrade,
  WaitingOrder,
} from './fills/FillModel.js'
