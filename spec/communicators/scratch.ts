import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom, NEVER, toArray } from 'rxjs'
import { replayCommunicator } from '../../lib/communicators/replayCommunicator.js'
import type { ReplayConfig } from '../../lib/communicators/replay/ReplayConfig.js'
import type { Signal } from '../../lib/Signal.js'

/** A folder that is gone after the specs of a file. */
export const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
  let files = 0
  afterAll(() => rmSync(folder, { recursive: true }))
  const path = (name?: string) => join(folder, name ?? `${(files += 1)}.txt`)
  return {
    path,
    /** Writes a file, and says where. */
    file: (content: string | Buffer, name?: string) => {
      const at = path(name)
      writeFileSync(at, content)
      return at
    },
  }
}

/** Everything that a replay says, less where each of several files ends. */
export const played = async (config: ReplayConfig): Promise<Signal[]> =>
  (await playedWhole(config)).filter(({ _tag }) => _tag !== 'Closed')

export const playedWhole = (config: ReplayConfig): Promise<Signal[]> =>
  lastValueFrom(replayCommunicator(config)(NEVER).pipe(toArray()))

/** Signals, short: `1000 text`, or `1000 Tag`. */
export const told = (signals: readonly Signal[]): string[] =>
  signals.map((signal) => `${signal.receivedAt} ${signal._tag === 'Frame' ? signal.text : signal._tag}`)
