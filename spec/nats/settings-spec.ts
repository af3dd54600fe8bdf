import type { NatsConnection } from '@nats-io/transport-node'
import { consumerGroup, holdLease, natsCommunicator, natsReplay, publishSignals } from '../../lib/nats/index.js'
import { asterFutures as venue } from '../../lib/venues/asterFutures.js'

const nothing = () => undefined
/** Nothing is asked of it before somebody subscribes. */
const connection = { publish: nothing, subscribe: nothing, status: nothing } as unknown as NatsConnection

test.each([
  [
    { from: 'yesterday' },
    "`from` as 'now', 'snapshot', { sequence } or { time }, came \"yesterday\": leave it out for 'now'",
  ],
  [{ from: { sequence: 0 } }, 'a `sequence` of at least 1, came 0: the first message of a stream has 1'],
  [{ from: { time: new Date(NaN) } }, 'a `time` in ms since 1970, or a valid Date, came null'],
  [{ from: { time: '2024-08-08' } }, 'a `time` in ms since 1970, or a valid Date, came "2024-08-08"'],
  [{ from: {} }, "`from` as 'now', 'snapshot', { sequence } or { time }, came {}"],
  [{ window: 0 }, '`window` as an integer of at least 1, came 0: leave it out for 1000'],
  [{ maxBehind: 1.5 }, '`maxBehind` as an integer of at least 0, came 1.5'],
  [{ patience: 5 }, '`patience` as an integer of at least 100, came 5'],
  [{ stream: { name: 'a.b' } }, 'a name of a stream, came "a.b": NATS takes neither white space nor . * > / \\ in it'],
  [{ stream: { prefix: 'md.>' } }, 'a `prefix` of subjects, came "md.>": give words with dots between'],
])('natsCommunicator takes no %j', (config, message) => {
  // As somebody without types writes it.
  const wrong = { venue, ...config } as Parameters<typeof natsCommunicator>[1]
  expect(() => natsCommunicator(connection, wrong)).toThrow(
    new RegExp(escaped(`natsCommunicator: expected ${message}`)),
  )
})

test.each([
  [{ connector: '' }, 'a `connector` with a name, came ""'],
  [{ exclusive: 'yes' }, '`exclusive` as true or false, came "yes"'],
  [{ whenFull: 'wait' }, "`whenFull` 'drop oldest' or 'error', came \"wait\": a venue does not wait"],
  [{ books: [] }, '`books` as a function, came []: give client.heldBooks'],
  [{ every: 0 }, '`every` as an integer of at least 100, came 0'],
  [{ inFlight: Infinity }, '`inFlight` as an integer of at least 1, came Infinity'],
  [{ maxWaiting: -1 }, '`maxWaiting` as an integer of at least 1, came -1'],
  [{ maxWaitingSize: '5' }, '`maxWaitingSize` as an integer of at least 1, came "5"'],
  [{ ackWait: 1 }, '`ackWait` as an integer of at least 100, came 1'],
  [{ stream: { maxAge: -1 } }, '`maxAge` as an integer of at least 0, came -1'],
  [{ stream: { maxBytes: -2 } }, '`maxBytes` as an integer of at least -1, came -2'],
  [{ stream: { replicas: 0 } }, '`replicas` as an integer of at least 1, came 0'],
  [{ stream: { duplicateWindow: 5 } }, '`duplicateWindow` as an integer of at least 100, came 5'],
  [{ stream: { storage: 'tape' } }, "`storage` 'file' or 'memory', came \"tape\""],
])('publishSignals takes no %j', (config, message) => {
  const wrong = { venue, ...config } as Parameters<typeof publishSignals>[1]
  expect(() => publishSignals(connection, wrong)).toThrow(new RegExp(escaped(`publishSignals: expected ${message}`)))
})

test.each([
  [{ from: 'now' }, '{ sequence } or { time }, came "now": what is live is no replay'],
  [{ to: { sequence: 0 } }, 'a `sequence` of at least 1, came 0'],
  [{ pace: 0 }, "`pace` 'instant', 'recorded' or a factor above 0, came 0: 2 plays twice as fast"],
  [{ drain: -1 }, '`drain` as an integer of at least 0, came -1'],
])('natsReplay takes no %j', (config, message) => {
  const wrong = { venue, ...config } as Parameters<typeof natsReplay>[1]
  expect(() => natsReplay(connection, wrong)).toThrow(new RegExp(escaped(`natsReplay: expected ${message}`)))
})

test.each([
  [{ timeToLive: 5 }, '`timeToLive` as an integer of at least 100, came 5'],
  [{ timeToLive: 1_000, every: 600 }, '`every` as at most half of `timeToLive`, came 600: a renewal may fail once'],
  [{ replicas: 0 }, '`replicas` as an integer of at least 1, came 0'],
])('holdLease and consumerGroup take no %j', (config, message) => {
  const name = 'a'
  expect(() => holdLease(connection, { name, ...config })).toThrow(
    new RegExp(escaped(`holdLease: expected ${message}`)),
  )
  expect(() => consumerGroup(connection, { venue, name, partitions: 4, ...config })).toThrow(
    new RegExp(escaped(`consumerGroup: expected ${message}`)),
  )
})

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
