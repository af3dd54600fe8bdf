import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { syntheticRecording } from './syntheticRecording.js'

const path = join(import.meta.dirname, '..', 'samples', 'recordings', 'asterFutures-btcusdt.txt.gz')
const packed = gzipSync(syntheticRecording(), { level: 9 })
// The header says no time and no operating system: the same bytes everywhere.
packed.fill(0, 4, 8)
packed[9] = 255

mkdirSync(dirname(path), { recursive: true })
writeFileSync(path, packed)
console.log(`${path}: ${packed.length} bytes`)
