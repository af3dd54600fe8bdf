import { demo } from './demo.js'
import { live } from './live.js'
import { readOptions, usage } from './options.js'
import { replay } from './replay.js'

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(`${usage}\n`)
  else if (options.live) live(options)
  else if (options.files.length > 0) replay(options)
  else await demo(options)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
  process.exitCode = 2
}
