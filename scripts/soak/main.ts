/**
 * Puts together faults by chance, and compares what the venue says that it sent with what the client delivered.
 *
 *     npm run soak -- --seeds 1000 --minutes 20
 */
import type { Finding } from './oracle/Finding.js'
import { added, nothingYet } from './Outcome.js'
import { optionsOf, usage } from './options.js'
import { runSockets } from './runSockets.js'
import { runVirtual } from './runVirtual.js'
import { socketsSummary, virtualSummary } from './summary.js'

const SHOWN = 20

const show = (findings: readonly Finding[], again: string) => {
  if (findings.length === 0) return
  for (const { rule, detail } of findings.slice(0, SHOWN)) console.error(`${rule}: ${detail.slice(0, 500)}`)
  console.error(`${findings.length} findings; once more: ${again}`)
}

const main = async (): Promise<number> => {
  const { seeds, from, minutes, venue } = optionsOf(process.argv.slice(2))
  const given = venue === undefined ? '' : ` --venue ${venue.name}`
  let bad = 0
  if (seeds > 0) {
    const before = performance.now()
    let all = nothingYet
    for (let seed = from; seed < from + seeds; seed++) {
      const outcome = await runVirtual({ seed, ...(venue !== undefined && { venue }) })
      show(outcome.findings, `npm run soak -- --from ${seed} --seeds 1 --minutes 0${given}`)
      all = added(all, outcome)
    }
    bad += all.findings.length
    console.log(virtualSummary(seeds, all, (performance.now() - before) / 1_000))
  }
  if (minutes > 0) {
    const outcome = await runSockets({ seed: from, minutes, ...(venue !== undefined && { venues: [venue] }) })
    show(outcome.findings, `npm run soak -- --from ${from} --seeds 0 --minutes ${minutes}${given}`)
    bad += outcome.findings.length
    console.log(socketsSummary(minutes, outcome))
  }
  return bad === 0 ? 0 : 1
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof TypeError ? `${error.message}\n${usage}` : error)
    process.exitCode = 2
  },
)
