import { anObject } from '../codecs/checked.js'

/** What `connect` of the client of NATS gives. */
export const aConnection = anObject('a connection of @nats-io/transport-node', [], ['publish', 'subscribe', 'status'])
