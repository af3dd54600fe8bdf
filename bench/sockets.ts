import { start, told } from './programs.js'
import type { Recording } from './recordings.js'
import { median } from './rounds.js'
import type { Table } from './table.js'

/** What a receiver found: frames a second, µs of the processor for each, and µs from the sender to the listener. */
type Received = Readonly<Record<'perSecond' | 'cpu' | 'p50' | 'p99' | 'p99.9', number>>

const receivers = ['bare', 'ours'] as const

/** Alternating rounds of both receivers, each a process of its own, with one sender. */
const received = async ({ name, venue }: Recording, count: number, perSecond?: number) => {
  const sender = start('sender', [name, ...(perSecond === undefined ? [] : [String(perSecond)])])
  const { port } = await told<{ readonly port: number }>(sender)
  const found: Record<(typeof receivers)[number], Received[]> = { bare: [], ours: [] }
  const timed = perSecond === undefined ? 'counted' : 'timed'
  for (let round = 0; round < count; round++)
    for (const what of round % 2 === 0 ? receivers : [...receivers].reverse())
      found[what].push(await told<Received>(start('receiver', [what, `ws://127.0.0.1:${port}`, venue.name, timed])))
  sender.disconnect()
  return (what: (typeof receivers)[number], key: keyof Received) => median(found[what].map((one) => one[key]))
}

/** A sender that sends as fast as frames are taken, each in a message of its own. */
export const throughput = async (all: readonly Recording[], count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const recording of all) {
    const found = await received(recording, count)
    table[recording.name] = {
      '`ws` and `JSON.parse`, frames/s': found('bare', 'perSecond'),
      'client, frames/s': found('ours', 'perSecond'),
      '`ws` and `JSON.parse`, µs/frame': found('bare', 'cpu'),
      'client, µs/frame': found('ours', 'cpu'),
      'CPU, ×': found('ours', 'cpu') / found('bare', 'cpu'),
    }
  }
  return table
}

/** Trades at a steady pace, from the sender to the listener, in µs. */
export const latency = async (recording: Recording, count: number): Promise<Table> => {
  const table: Record<string, Table[string]> = {}
  for (const perSecond of [2_500, 20_000]) {
    const found = await received(recording, count, perSecond)
    for (const what of receivers)
      table[`${perSecond.toLocaleString('en-US')}/s, ${what === 'bare' ? '`ws` and `JSON.parse`' : 'client'}`] = {
        'p50, µs': found(what, 'p50'),
        'p99, µs': found(what, 'p99'),
        'p99.9, µs': found(what, 'p99.9'),
      }
  }
  return table
}
