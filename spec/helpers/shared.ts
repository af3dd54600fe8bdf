import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** A file of the folder that lies beside the project, where it does. */
export const shared = (path: string): string | undefined => {
  const found = resolve(__dirname, '../../../shared', path)
  return existsSync(found) ? found : undefined
}
