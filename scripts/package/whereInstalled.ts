import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import packageJson from '../../package.json'

/** How large the package is as npm packs it. */
export interface Tarball {
  readonly bytes: number
  readonly files: number
}

/** The package as npm packs it, in the `node_modules` of a folder. */
export interface Installed extends Tarball {
  readonly folder: string
}

interface Packed {
  readonly filename: string
  readonly size: number
  readonly entryCount: number
}

/** Packs what was built, and has it used where it is installed with its dependencies; the folder is gone afterwards. */
export const whereInstalled = async <A>(use: (installed: Installed) => A | Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-installed-'))
  try {
    const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
    // One package, therefore one answer.
    const [packed] = JSON.parse(execFileSync('npm', pack, { encoding: 'utf8' })) as [Packed]
    const home = join(folder, 'node_modules', packageJson.name)
    mkdirSync(home, { recursive: true })
    execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', home, '--strip-components=1'])
    for (const name of Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies })) {
      const link = join(folder, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(resolve('node_modules', name), link, 'dir')
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    return await use({ folder, bytes: packed.size, files: packed.entryCount })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
