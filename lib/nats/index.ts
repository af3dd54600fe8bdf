/**
 * The feed through a broker, NATS JetStream: connectors publish, and any number of processes consume.
 *
 * @module aster-rx/nats
 */

export { publishSignals } from './publishSignals.js'
export type { PublishConfig } from './PublishConfig.js'
export { natsCommunicator } from './natsCommunicator.js'
export type { NatsConfig } from './NatsConfig.js'
export { natsReplay } from './natsReplay.js'
export type { NatsReplayConfig } from './natsReplaySettings.js'
export type { BrokerFrom } from './begin.js'
export type { BrokerStreamConfig } from './brokerStream.js'
export { holdLease, type Lease, type LeaseConfig } from './holdLease.js'
export { whileHeld, type WhileHeldConfig } from './whileHeld.js'
export { FencedError } from './FencedError.js'
export { consumerGroup } from './consumerGroup.js'
export type { ConsumerGroupConfig, Delivery, Partition } from './ConsumerGroupConfig.js'
