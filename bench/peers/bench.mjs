import { cpus } from 'node:os'
import { pipelineTask, yardstick } from '../pipeline.ts'
import { mainRecording, recordings } from '../recordings.ts'
import { recordedFiles, replayTask } from '../replay.ts'
import { rounds } from '../rounds.ts'
import { markdown } from '../table.ts'
import { binance } from './binance.mjs'
import { ccxt } from './ccxt.mjs'
import { tardis } from './tardis.mjs'
import { tardisFile, tardisRecording } from './tardisFile.mjs'

const ROUNDS = Number(process.env['ROUNDS'] ?? 11)

/** Ratios to `JSON.parse` of the same texts, by CPU time. */
const ratios = async (tasks) => {
  const [, ...others] = await rounds(ROUNDS, ...tasks)
  return others.map(({ ratio }) => ratio)
}

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'unknown processor'}`)
console.log(`tardis-dev ${TARDIS_VERSION}, binance ${BINANCE_VERSION}, ccxt ${CCXT_VERSION}`)
console.log(`Medians of ${ROUNDS} alternating rounds in one process; CPU time as a multiple of JSON.parse`)

const pipelines = async () => {
  const [decoded, booked] = [{}, {}]
  for (const recording of recordings()) {
    const [ours, theirTardis, theirBinance, theirCcxt] = await ratios([
      yardstick(recording),
      pipelineTask(recording, false),
      tardis(recording, false),
      binance(recording),
      ccxt(recording, false),
    ])
    decoded[recording.name] = { 'aster-rx': ours, 'tardis-dev': theirTardis, binance: theirBinance, ccxt: theirCcxt }
    const [oursBooked, tardisBooked, ccxtBooked] = await ratios([
      yardstick(recording),
      pipelineTask(recording, true),
      tardis(recording, true),
      ccxt(recording, true),
    ])
    booked[recording.name] = { 'aster-rx': oursBooked, 'tardis-dev': tardisBooked, ccxt: ccxtBooked }
  }
  console.log(`\n**Parse and dispatch**\n\n${markdown(decoded)}`)
  console.log(`\n**With the book, its best levels read after each update**\n\n${markdown(booked)}`)
}

const file = async () => {
  const main = mainRecording()
  const { gzip, remove } = recordedFiles(main)
  const recording = tardisRecording(main)
  const times = await rounds(ROUNDS, replayTask(main, { files: gzip }, true), tardisFile(main, recording.path))
  remove()
  recording.remove()
  const [ours, theirs] = times.map(({ wall, cpu }) => ({
    'k frames/s': main.texts.length / wall,
    'CPU, µs/frame': (cpu * 1e3) / main.texts.length,
  }))
  console.log('\n**A gzip file with its book, on the clock**\n')
  console.log(markdown({ 'aster-rx': ours, 'tardis-dev': theirs }))
}

const sections = { pipelines, file }
const asked = process.argv.slice(2)
for (const [name, measure] of Object.entries(sections)) if (asked.length === 0 || asked.includes(name)) await measure()
