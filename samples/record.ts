import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asterFutures, createClient, record, replayCommunicator } from 'aster-rx'

const file = join(mkdtempSync(join(tmpdir(), 'aster-rx-')), 'btcusdt.txt.gz')
const files = 'samples/recordings/asterFutures-btcusdt.txt.gz'
const client = createClient({ venue: asterFutures, communicator: replayCommunicator({ files }) })

client.signal$.pipe(record({ file })).subscribe({
  complete: () => {
    const again = createClient({ venue: asterFutures, communicator: replayCommunicator({ files: file }) })
    again.counters$.subscribe({ complete: () => console.log(`the same again, from ${file}`) })
    again.connect()
  },
})

client.connect()
