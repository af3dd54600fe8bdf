import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Recording } from './recording.js'
import { median } from './rounds.js'

const start = (file: string, ...args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] })

const told = async <A>(child: ChildProcess): Promise<A> => {
  // What our own children send.
  const [message] = (await once(child, 'message')) as [A]
  return message
}

interface Measured {
  readonly perSecond: number
  /** Microseconds of CPU per frame. */
  readonly cpu: number
}

/** Frames through socket, parser and listeners against `ws` that only counts messages, from a saturating sender. */
export const loopback = async ({ name }: Recording, count: number) => {
  const sender = start('loopbackSender.ts', name)
  const { port } = await told<{ port: number }>(sender)
  const measure = (what: string) => told<Measured>(start('loopbackReceiver.ts', what, `ws://127.0.0.1:${port}`, name))
  const results: { bare: Measured; ours: Measured }[] = []
  for (let round = 0; round < count; round++) results.push({ bare: await measure('bare'), ours: await measure('ours') })
  sender.disconnect()
  return {
    'bare frames/s': median(results.map(({ bare }) => bare.perSecond)),
    'our frames/s': median(results.map(({ ours }) => ours.perSecond)),
    'frames ratio': median(results.map(({ bare, ours }) => ours.perSecond / bare.perSecond)),
    'bare µs': median(results.map(({ bare }) => bare.cpu)),
    'our µs': median(results.map(({ ours }) => ours.cpu)),
    'CPU ratio': median(results.map(({ bare, ours }) => bare.cpu / ours.cpu)),
  }
}

/** From the write of the sender to the listener, in ms. */
export const latency = async ({ name }: Recording, perSecond: number) => {
  const sender = start('loopbackSender.ts', name, String(perSecond))
  const { port } = await told<{ port: number }>(sender)
  const sent = told<readonly string[]>(sender)
  const heard = await told<readonly (readonly [number, string])[]>(
    start('loopbackReceiver.ts', 'latency', `ws://127.0.0.1:${port}`, name),
  )
  const sentAt = await sent
  sender.disconnect()
  const sorted = heard
    .slice(perSecond)
    .map(([id, at]) => Number(BigInt(at) - BigInt(sentAt[id] ?? at)) / 1e6)
    .sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? NaN
  return { frames: sorted.length, 'p50 ms': at(0.5), 'p99 ms': at(0.99) }
}
