/**
 * What tests need: marbles, frames and events of every kind, and faults.
 *
 * @module aster-rx/testing
 */

// Time
export { marbles, type MarbleHelpers } from './marbles.js'

// Chance
export { seeded } from '../simulation/market/seeded.js'

// Frames and events of every kind
export { eventOf, type Overrides } from './eventOf.js'
export { frameOf, type FrameParameters } from './frameOf.js'

// Levels
export { equalLevels } from './equalLevels.js'

// Faults
export type { Victims } from './Victims.js'
export { cut, type Cuts } from './cut.js'
export { delay, type Lateness } from './delay.js'
export { drop } from './drop.js'
export { duplicate } from './duplicate.js'
export { reorder, type Reordering } from './reorder.js'
