import { createInterface } from 'node:readline'
import { Subject } from 'rxjs'
import { record } from '../../../lib/communicators/record.js'
import type { RecordConfig } from '../../../lib/communicators/record/RecordConfig.js'
import { frame, type Signal } from '../../../lib/Signal.js'

/**
 * A whole program: records each line that it is given, `1000 text`, and says what comes out of the recorder. A line
 * `exit` or `throw` ends it, `hear` and `handle` listen to SIGTERM.
 */
const [config = ''] = process.argv.slice(2)
const say = (text: string) => process.stdout.write(`${text}\n`)
const signals = new Subject<Signal>()

signals.pipe(record(JSON.parse(config) as RecordConfig)).subscribe({
  next: (signal) => say(signal._tag === 'Frame' ? signal.text : JSON.stringify(signal)),
  error: (error: unknown) => say(String(error)),
})

createInterface(process.stdin).on('line', (line) => {
  if (line === 'exit') process.exit(0)
  if (line === 'throw') throw new Error('of the program')
  if (line === 'hear') process.on('SIGTERM', () => say('heard'))
  if (line === 'handle')
    process.once('SIGTERM', () => {
      say('handled')
      signals.next(frame('afterwards', 9000))
      process.exitCode = 7
      process.stdin.destroy()
      signals.complete()
    })
  const [time, text] = line.split(' ')
  if (text === undefined) say('ready')
  else signals.next(frame(text, Number(time), { id: 'c1' }))
})
