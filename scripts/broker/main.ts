import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { deploy } from '../../samples/deployment/deploy.js'
import { bundle } from '../bundle.js'
import { natsServerPath } from '../natsServer.js'

const FRAMES = 200_000
const RATE = 2_500
const [frames = FRAMES, ...measured] = process.argv.slice(2).map(Number)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const whole = (value: number) => value.toLocaleString('en')
const tellLoad = () => console.log('load of the machine:', ...loadavg().map((one) => one.toFixed(1)))

tellLoad()
const { sent, heard, decided, stored, harms, usual } = await deploy({
  ...{ server: natsServerPath(), frames, rate: RATE, pause: 3_000, told: console.log },
})
console.log(`${whole(sent)} frames by two connectors: ${heard.lost} lost, ${heard.doubled} doubled or out of order`)
console.log(`  workers: ${decided.lost} lost, ${decided.doubled} doubled; the broker has ${whole(stored)} messages`)
console.log(`  stood still: ${Math.max(...harms.map(({ stood }) => stood))} ms at most, ${usual} ms unharmed`)
tellLoad()

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-broker-'))
try {
  const [measure = ''] = bundle(process.cwd(), ['scripts/broker/measure.ts'], folder)
  const { status } = spawnSync(process.execPath, [measure, ...measured.map(String)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
tellLoad()
if (heard.lost + heard.doubled + decided.lost + decided.doubled > 0) process.exitCode = 1
