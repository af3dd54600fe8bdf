import { existsSync } from 'node:fs'
import { natsServerPath } from '../../scripts/natsServer.js'
import { deploy } from './deploy.js'

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const PROGRAM = 'dist/esm/cli.js'
const [frames = 40_000, rate = 2_000, pause = 3_000] = process.argv.slice(2).map(Number)
const outcome = await deploy({
  ...{ server: natsServerPath(), frames, rate, pause, told: console.log },
  ...(existsSync(PROGRAM) && { program: PROGRAM }),
})
const { sent, heard, decided, stored, bytes, harms, usual } = outcome
const longest = Math.max(...harms.map(({ stood }) => stood))

console.log(`
The venue sent ${sent} trades to two connectors, through ${harms.length} harms.
  consumer   ${heard.count} heard, ${heard.lost} lost, ${heard.doubled} doubled or out of order
  workers    ${decided.count} decided, ${decided.lost} lost, ${decided.doubled} doubled
  broker     ${stored} messages stored, ${Math.round(bytes / 1e6)} MB
The feed stood still for at most ${longest} ms, and ${usual} ms while nothing was harmed.`)
process.exit(heard.lost + heard.doubled + decided.lost + decided.doubled === 0 ? 0 : 1)
