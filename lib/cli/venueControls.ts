import type { Controls } from '../simulation/index.js'
import type { Control } from './dashboard/Setup.js'

/** A control, and what it does. */
interface VenueControl extends Control {
  readonly act: (controls: Controls) => void
  /** It does something where an account is followed only. */
  readonly isOfAccount?: true
}

const table: readonly VenueControl[] = [
  {
    ...{ name: 'cut', key: 'x', label: 'Cut the connections' },
    says: 'They end without a goodbye; the client connects again, and its books are asked for anew.',
    act: (controls) => controls.disconnect(1006),
  },
  {
    ...{ name: 'gap', key: 'g', label: 'Leave out an update' },
    says: 'The next update of a book is lost; the client sees the gap, and asks for the book.',
    act: (controls) => controls.failDepth('drop'),
  },
  {
    ...{ name: 'silence', key: 's', label: 'Fall silent' },
    says: 'Nothing is sent or read on the open connections any more, and none is closed: the client finds out.',
    act: (controls) => controls.goSilent(),
  },
  {
    ...{ name: 'mute', key: 'm', label: 'Mute the books' },
    says: 'Updates of books are not sent any more until they are asked for anew; everything else is.',
    act: (controls) => {
      const names = controls.connections().flatMap((connection) => controls.subscriptions(connection))
      for (const name of new Set(names)) if (name.includes('@depth')) controls.muteStream(name)
    },
  },
  {
    ...{ name: 'expire', key: 'e', label: 'Expire the listen key', isOfAccount: true },
    says: 'The key of the account’s streams, or its subscription, ends; the client asks for another one.',
    act: (controls) => {
      for (const key of controls.listenKeys()) controls.expireListenKey(key)
      controls.endSubscriptions()
    },
  },
]

/** What can be done to a simulated venue: for the page, and by name. */
export const venueControls = (
  controls: Controls,
  hasAccount: boolean,
): { readonly offered: readonly Control[]; readonly acts: ReadonlyMap<string, () => void> } => {
  const some = table.filter(({ isOfAccount }) => isOfAccount !== true || hasAccount)
  return {
    offered: some.map(({ name, key, label, says }) => ({ name, key, label, says })),
    acts: new Map(some.map(({ name, act }) => [name, () => act(controls)])),
  }
}
