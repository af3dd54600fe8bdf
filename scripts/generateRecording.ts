import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { spotRecording, syntheticRecording } from './syntheticRecording.js'

const folder = join(import.meta.dirname, '..', 'samples', 'recordings')
mkdirSync(folder, { recursive: true })
for (const [name, text] of [
  ['asterFutures-btcusdt.txt.gz', syntheticRecording()],
  ['binanceSpot-btcusdt.txt.gz', await spotRecording()],
] as const) {
  const packed = gzipSync(text, { level: 9 })
  // The header says no time and no operating system: the same bytes everywhere.
  packed.fill(0, 4, 8)
  packed[9] = 255
  writeFileSync(join(folder, name), packed)
  console.log(`${name}: ${packed.length} bytes`)
}
