import { asterFutures, createRest, websocketCommunicator } from 'aster-rx'

export * from './use.js'
export const rest = createRest({ venue: asterFutures, fetch })
export const communicator = websocketCommunicator(asterFutures, { rest: { fetch: globalThis.fetch } })
