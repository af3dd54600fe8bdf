import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { streamTable } from './streamTable.js'

const path = join(import.meta.dirname, '..', 'docs', 'streams.md')
writeFileSync(path, streamTable())
console.log(path)
