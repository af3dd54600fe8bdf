import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const SPECS = 'spec/compilers'

/** The two names of a host without which the types of RxJS do not compile. */
const hostOfRxjs = ['setTimeout', 'setInterval']
  .map((name) => `declare function ${name}(handler: () => void, timeout?: number, ...rest: unknown[]): number\n`)
  .join('')

const hosts = [
  {
    host: 'no host',
    lib: ['es2022'],
    files: ['use.ts', 'host.d.ts'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
  },
  { host: 'DOM', lib: ['es2022', 'dom'], files: ['useFetch.ts'], module: 'esnext', moduleResolution: 'bundler' },
] as const

const usual = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, target: 'es2022' }

const folder = mkdtempSync(join(tmpdir(), 'aster-rx-compilers-'))
try {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/aster-rx'), 'dir')
  for (const name of ['rxjs', 'io-ts', 'fp-ts'])
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name), 'dir')
  for (const name of ['use.ts', 'useFetch.ts']) copyFileSync(join(SPECS, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'host.d.ts'), hostOfRxjs)

  const { dependencies } = JSON.parse(readFileSync(join(SPECS, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  for (const [compiler, version] of Object.entries(dependencies))
    for (const { host, files, ...options } of hosts) {
      const config = { compilerOptions: { ...usual, types: [], ...options }, files }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      const tsc = resolve(SPECS, 'node_modules', compiler, 'bin/tsc')
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
      console.log(`${version}, ${host}: ${status === 0 ? 'clean' : stdout}`)
      if (status !== 0) process.exitCode = 1
    }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
