import { LOOK_AGAIN } from './vigil.js'

/** When each stream of a connection was heard last, and which ones are quiet for too long. Times in ms. */
export interface Heard {
  /** These streams are carried from now on; those that were not before count as heard now. */
  readonly carry: (names: ReadonlySet<string>, now: number) => void
  /** Something came on a stream: whether it is one of those carried, and `back` where it was reported as silent. */
  readonly note: (name: string, now: number) => 'unknown' | 'heard' | 'back'
  /** When to look again, at the latest. */
  readonly due: () => number
  /**
   * Those that became too quiet since the last look: each is told once, until it is heard again. A look that comes late
   * finds none, and looks again: a process that was blocked has not read its sockets yet.
   */
  readonly silent: (now: number) => readonly { readonly stream: string; readonly quiet: number }[]
}

interface Ear {
  at: number
  readonly allowance: number
  isSilent: boolean
}

/** Changes in place, since it is touched by every frame. */
export const createHeard = (allowance: (name: string) => number): Heard => {
  const ears = new Map<string, Ear>()
  let due = Infinity
  let again = -Infinity
  const expect = ({ at, allowance }: Ear) => {
    due = Math.min(due, at + allowance)
  }
  return {
    carry: (names, now) => {
      for (const name of ears.keys()) if (!names.has(name)) ears.delete(name)
      for (const name of names) {
        if (ears.has(name)) continue
        const ear = { at: now, allowance: allowance(name), isSilent: false }
        ears.set(name, ear)
        expect(ear)
      }
    },
    note: (name, now) => {
      const ear = ears.get(name)
      if (ear === undefined) return 'unknown'
      ear.at = now
      if (!ear.isSilent) return 'heard'
      ear.isSilent = false
      expect(ear)
      return 'back'
    },
    due: () => Math.max(due, again),
    silent: (now) => {
      if (now < Math.max(due, again)) return []
      if (now > due + LOOK_AGAIN && again < due) {
        again = now + LOOK_AGAIN
        return []
      }
      due = Infinity
      const found = []
      for (const [stream, ear] of ears) {
        if (ear.isSilent) continue
        const quiet = now - ear.at
        // F16
        if (quiet >= ear.allowance) {
          ear.isSilent = true
          found.push({ stream, quiet })
        } else expect(ear)
      }
      return found
    },
  }
}
