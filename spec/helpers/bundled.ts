import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from '../../scripts/bundle.js'

const root = join(__dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program (its path within the repository) as one file of JavaScript; it is gone after the specs of a file. */
export const bundled = (program: string): string => bundle(root, [program], folder).join()
