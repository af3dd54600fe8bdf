import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Report } from './watch.js'

const WIDTH = 40

/** How long a file is once it is inflated, in bytes: gzip says so in its last four. */
export const inflatedSize = (file: string): number => {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    const head = Buffer.alloc(2)
    const tail = Buffer.alloc(4)
    readSync(handle, head, 0, 2, 0)
    readSync(handle, tail, 0, 4, Math.max(0, size - 4))
    return head.readUInt16BE() === 0x1f8b ? tail.readUInt32LE() : size
  } finally {
    closeSync(handle)
  }
}

/** The report as it stands, for a terminal that is drawn again and again. */
export const screen = (report: Report, total: number, ms: number): string => {
  const share = Math.min(1, report.offset / Math.max(1, total))
  const done = Math.round(share * WIDTH)
  const rate = Math.round(report.counters.received / Math.max(0.001, ms / 1000))
  const books = [...report.books.values()].map(
    ({ symbol, isSynced, top: { bid, ask }, gaps, resyncs }) =>
      `${symbol.padEnd(10)} ${isSynced ? 'synced ' : 'syncing'} ` +
      `bid ${bid?.price ?? '-'} × ${bid?.quantity ?? '-'}   ask ${ask?.price ?? '-'} × ${ask?.quantity ?? '-'}   ` +
      `gaps ${gaps}, resyncs ${resyncs}`,
  )
  const klines = [...report.klines.values()].map(
    ({ symbol, interval, open, high, low, close, volume }) =>
      `${symbol.padEnd(10)} ${interval} open ${open} high ${high} low ${low} close ${close} volume ${volume}`,
  )
  return [
    `[${'█'.repeat(done)}${'░'.repeat(WIDTH - done)}] ${(share * 100).toFixed(0)} %  ` +
      `${report.counters.received} frames, ${rate} frames/s  ${new Date(report.to).toISOString()}`,
    ...books,
    ...klines,
    ...report.trades,
  ].join('\n')
}
