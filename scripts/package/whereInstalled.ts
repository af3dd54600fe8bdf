import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import packageJson from '../../package.json'
import { pack, type Tarball } from './pack.js'

/** Packs what was built, and installs the tarball in a folder, with its dependencies as they are here. */
export const install = (folder: string): Tarball => {
  const tarball = pack(folder)
  const home = join(folder, 'node_modules', packageJson.name)
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', tarball.path, '-C', home, '--strip-components=1'])
  for (const name of Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies })) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(resolve('node_modules', name), link, 'dir')
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return tarball
}

/** Has the packed package used in a folder where it is installed, and which is gone afterwards. */
export const whereInstalled = async <A>(use: (folder: string, tarball: Tarball) => A | Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), 'aster-rx-installed-'))
  try {
    return await use(folder, install(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
