import { router } from '../../venues/router.js'
import { enveloping, type Connection } from './connection.js'
import { faultyDelivery } from './faults.js'
import { frameParts } from './frameParts.js'
import type { ServerContext } from './ServerContext.js'

/** A stream of a recording, and the kind of its row. */
export interface RecordedStream {
  readonly kind: string
  readonly stream: string
}

/**
 * Sends recorded frames to the connections that carry their streams, as they came. A stream that was recorded at one speed
 * is there at the others, too, by the same events, as far as the recording does not have these.
 */
export const forwarding = (
  { venue, behaviour, faults }: Pick<ServerContext, 'venue' | 'behaviour' | 'faults'>,
  connections: () => Iterable<Connection>,
): ((text: string, recorded: RecordedStream) => void) => {
  const route = router(venue)
  const parts = frameParts(venue, enveloping(venue, behaviour))
  const deliverDepth = faultyDelivery(faults.depth)
  const recorded = new Set<string>()
  /** What streams are when nobody looks at their speeds. */
  const slots = new Map<string, string>()

  const slotOf = (name: string): string => {
    const known = slots.get(name)
    if (known !== undefined) return known
    const found = route(name)
    const parameters = Object.entries(found?.parameters ?? {}).filter(([parameter]) => parameter !== 'speed')
    const slot = found === undefined ? name : JSON.stringify([found.kind, parameters])
    slots.set(name, slot)
    return slot
  }

  return (text, { kind, stream }) => {
    if (route(stream)?.isAccount === true) return
    recorded.add(stream)
    const slot = slotOf(stream)
    const frame = parts(text, stream)
    const deliver = () => {
      for (const connection of connections()) {
        connection.forward([stream], frame)
        for (const name of connection.subscriptions().streams)
          if (!recorded.has(name) && slotOf(name) === slot) connection.deliver(name, frame.data())
      }
    }
    if (kind === 'depth') deliverDepth(stream, deliver)
    else deliver()
  }
}
