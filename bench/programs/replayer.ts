import { asterFutures, binanceSpot } from 'aster-rx'
import { replayTask } from '../replay.js'
import { spent } from '../rounds.js'

// Replays in one process would share what is compiled, and what V8 learnt, for each of them.
const [name, ...files] = process.argv.slice(2)
const venue = name === binanceSpot.name ? binanceSpot : asterFutures
const replay = replayTask({ venue }, { files, merge: files.length > 1 }, false)

process.on('message', () => void spent(replay).then((found) => process.send?.(found)))
