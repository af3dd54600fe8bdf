import { bingxSpot } from 'aster-rx'
import { startVenue } from 'aster-rx/simulation'
import { start, told } from './programs.js'
import type { Table } from './table.js'

/** A gzip message that grows to 300 MB, and one that is cut, each to a client in a process of its own. */
export const packed = async (): Promise<Table> => {
  const { addresses, controls, close } = await startVenue({
    venue: bingxSpot,
    accounts: [{ apiKey: 'key', secret: 'secret' }],
  })
  const table: Record<string, Table[string]> = {}
  for (const fault of ['bomb', 'cut'] as const) {
    const receiver = start('packedReceiver', [addresses.websocket, addresses.rest])
    await told(receiver)
    controls.sendMiscompressed(fault)
    table[fault] = await told<Table[string]>(receiver)
  }
  await close()
  return table
}
