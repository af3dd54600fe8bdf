import { bookCost } from './bookCost.js'
import { latency, loopback } from './loopback.js'
import { memory } from './memory.js'
import { packed } from './packed.js'
import { pipeline } from './pipeline.js'
import { recordings } from './recording.js'

const ROUNDS = 11
const GIB = 2 ** 30

const round = (table: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, Math.round(value * 1000) / 1000]))

const all = recordings()
console.log(`Ratios to JSON.parse alone over the same texts, medians of ${ROUNDS} alternating rounds, in one process`)
console.table(Object.fromEntries(all.map((recording) => [recording.name, round(pipeline(recording, ROUNDS))])))

console.log('The book: time per level change by its size, with the depths that the recording touches')
console.table(Object.fromEntries(all.map((recording) => [recording.name, round(bookCost(recording, ROUNDS))])))

const last = all.at(-1)
if (last !== undefined) {
  console.log('Resident memory of a replay')
  console.table(round(memory(last, GIB)))
}

console.log(
  'Over loopback, each message by itself: the client with a listener for every event, and `ws` that only counts',
)
for (const recording of all) console.table({ [recording.name]: round(await loopback(recording, 5)) })
if (last !== undefined) {
  console.log('From the sender to the listener at 2,500 frames per second')
  console.table({ [last.name]: round(await latency(last, 2_500)) })
}

console.log('A gzip message that grows to 300 MB, and one that is cut: resident memory, and what the user sees')
console.table(await packed())
