import { frame, type Frame } from 'aster-rx'
import { metrics, type MetricsConfig } from 'aster-rx/metrics'
import { Subject } from 'rxjs'
import { everyKind } from '../clients.js'
import { onlyOf, recordingNamed } from '../recordings.js'
import { median, spent } from '../rounds.js'

// Many clients in one process, some of them measured, would share what is compiled for each.
const [name, config = 'null'] = process.argv.slice(2)
const trades = onlyOf(recordingNamed(name), 'trade')
if (trades === undefined) throw new TypeError(`there are no trades in ${String(name)}`)

/** Each arrives some 20 to 60 ms after the time that it tells. */
const frames = trades.texts.map((text, i) => frame(text, Number(/"E":(\d+)/.exec(text)?.[1]) + 20 + (i % 40)))

const frame$ = new Subject<Frame>()
const { client } = everyKind(trades.venue, frame$, false)
const given = JSON.parse(config) as MetricsConfig | null
if (given !== null) metrics(client, given)
client.connect()

const found: number[] = []
for (let round = -20; round < 60; round++) {
  const { cpu } = await spent(() => () => frames.forEach((one) => frame$.next(one)))
  if (round >= 0) found.push((cpu * 1e6) / frames.length)
}
process.send?.(median(found))
