import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { bingxSpot } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'

/** What a message did to a client. */
export interface Packed {
  readonly 'before MiB': number
  readonly 'after MiB': number
  /** What its user saw. */
  readonly seen: string
}

const account = { apiKey: 'key', secret: 'secret' }

/** A gzip message that grows to 300 MB, and one that is cut, each to a client in a process of its own. */
export const packed = async (): Promise<Readonly<Record<string, Packed>>> => {
  const { addresses, controls, close } = await startVenue({ venue: bingxSpot, accounts: [account] })
  const results: Record<string, Packed> = {}
  for (const fault of ['bomb', 'cut'] as const) {
    const child = fork(
      fileURLToPath(new URL('packedChild.ts', import.meta.url)),
      [addresses.websocket, addresses.rest],
      {
        execArgv: ['--import', 'tsx'],
      },
    )
    await once(child, 'message')
    controls.sendMiscompressed(fault)
    // What our own child sends.
    const [told] = (await once(child, 'message')) as [Packed]
    results[fault] = told
  }
  await close()
  return results
}
