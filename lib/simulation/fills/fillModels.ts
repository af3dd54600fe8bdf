import { fillsBehind } from './fillsBehind.js'

/**
 * The honest minimum, and the default: the quantity of its level is ahead of an order when it arrives. Trades at its price
 * fill that first, it is never more than the level holds, and what is left of a trade fills the order.
 */
export const queueFills = fillsBehind((shown) => shown)

/** The optimistic bound: nobody is ahead, so every trade at an order's price or through it fills. */
export const touchFills = fillsBehind(() => 0)

/** The pessimistic bound: everybody at an order's price is ahead of it for ever, so only trades through it fill. */
export const tradeThroughFills = fillsBehind(() => Infinity)
