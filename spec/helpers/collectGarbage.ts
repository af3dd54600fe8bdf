import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What nobody holds is gone, buffers too: those are given back in a thread, which the next collection waits for. */
export const collectGarbage = (): void => {
  collect()
  collect()
}
