import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recording } from './recording.js'

const child = fileURLToPath(new URL('memoryChild.ts', import.meta.url))

const residentMiB = (...args: readonly string[]): number => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', child, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

/** The peak of resident memory while a file of `bytes` is replayed, above that of a process that replays nothing. */
export const memory = ({ texts, venue }: Recording, bytes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-bench-'))
  try {
    const file = join(folder, 'large.txt')
    const handle = openSync(file, 'w')
    let time = 0
    for (let written = 0; written < bytes;) {
      const lines = texts.map((text) => `${time++} ${text}\n`).join('')
      written += writeSync(handle, lines)
    }
    closeSync(handle)
    const idle = residentMiB()
    const busy = residentMiB(file, venue.name)
    return { 'file MiB': bytes / 2 ** 20, 'idle MiB': idle, 'peak MiB': busy, 'above idle MiB': busy - idle }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
