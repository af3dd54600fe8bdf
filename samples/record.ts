import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asterFutures, createClient, record, replayCommunicator } from 'aster-rx'

const client = createClient({
  venue: asterFutures,
  communicator: replayCommunicator({ files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }),
})
const file = join(mkdtempSync(join(tmpdir(), 'aster-rx-')), 'btcusdt.txt.gz')

client.signal$.pipe(record({ file })).subscribe({ complete: () => console.log(file) })

client.connect()
