import { cpus } from 'node:os'
import { cores } from './cores.js'
import { derived } from './derived.js'
import { files } from './files.js'
import { levelGrowth, streamGrowth } from './growth.js'
import { garbage, held, residence } from './memory.js'
import { packed } from './packed.js'
import { measured } from './measured.js'
import { merge } from './merge.js'
import { frameSizes, pipeline } from './pipeline.js'
import { mainRecording, recordings } from './recordings.js'
import { replay } from './replay.js'
import { latency, throughput } from './sockets.js'
import { markdown, type Table } from './table.js'

/** How often everything is measured: an odd number. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 11)

interface Section {
  readonly title: string
  readonly measure: () => Promise<Table>
}

const all = recordings()
const main = mainRecording()

const sections: Readonly<Record<string, Section>> = {
  pipeline: {
    title: 'A frame from its text to every listener; × is the ratio to `JSON.parse` of the same text',
    measure: () => pipeline(all, ROUNDS),
  },
  sizes: { title: 'Small frames and large ones, each kind alone', measure: () => frameSizes(all, ROUNDS) },
  metrics: {
    title: 'A small frame of a client that is measured by `metrics`',
    measure: () => measured(main, 3),
  },
  streams: { title: 'By the number of streams, with traffic on all of them', measure: () => streamGrowth(ROUNDS) },
  levels: {
    title: 'An update of 20 levels, by the number of levels on each side of the book',
    measure: () => levelGrowth(ROUNDS),
  },
  derived: {
    title:
      'What operators add to an update of the book, and take for a trade, as multiples of an update of the book alone',
    measure: () => derived(all, ROUNDS),
  },
  garbage: { title: 'What is allocated, and the share of the collector', measure: () => garbage(all) },
  held: { title: 'What is kept', measure: () => held(main) },
  replay: { title: 'From a file to every listener', measure: () => replay(all, ROUNDS) },
  files: { title: 'Files of others, from a file to a listener', measure: () => files(ROUNDS) },
  merge: {
    title: 'By the number of files that are merged, one symbol a frame, each in a process of its own',
    measure: () => merge(main, ROUNDS),
  },
  residence: { title: 'Resident memory of a replay, by the size of its file', measure: () => residence(main) },
  throughput: {
    title: 'Over a socket of this machine, from a sender that is never late',
    measure: () => throughput(all, 3),
  },
  latency: {
    title: 'Over a socket of this machine, from the sender to the listener',
    measure: () => latency(main, ROUNDS),
  },
  cores: {
    title: 'Files of several symbols with their books, by the number of threads',
    measure: () => cores(main, ROUNDS),
  },
  packed: { title: 'A gzip message that grows to 300 MB, and one that is cut', measure: packed },
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in sections))
if (unknown !== undefined) throw new TypeError(`expected some of ${Object.keys(sections).join(', ')}, came ${unknown}`)

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'unknown processor'}`)
console.log(
  `Medians of ${ROUNDS} alternating rounds in one process, × those of each round; CPU time, where nothing else is said`,
)
for (const [name, { title, measure }] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n**${title}**\n\n${markdown(await measure())}`)
}
