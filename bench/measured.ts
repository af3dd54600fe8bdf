import type { MetricsConfig } from 'aster-rx/metrics'
import { start, told } from './programs.js'
import type { Recording } from './recordings.js'
import { median } from './rounds.js'
import type { Table } from './table.js'

const configs: Readonly<Record<string, MetricsConfig | null>> = {
  'not measured': null,
  measured: {},
  'measured per stream': { perStream: true },
  'measured, every frame timed': { timedEvery: 1 },
}

/** What it costs to measure a client whose frames are small; each in processes of its own, in turn. */
export const measured = async ({ name }: Recording, count: number): Promise<Table> => {
  const found = Object.entries(configs).map(([title, config]) => ({ title, config, all: [] as number[] }))
  for (let i = 0; i < count; i++)
    for (const { config, all } of found)
      all.push(await told<number>(start('measuredClient', [name, JSON.stringify(config)])))
  const alone = median(found[0]?.all ?? [])
  return Object.fromEntries(
    found.map(({ title, all }) => [title, { 'ns/frame': median(all), '×': median(all) / alone }]),
  )
}
