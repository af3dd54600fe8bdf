import { readFileSync } from 'node:fs'

const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.json', import.meta.url), 'utf8'))

export default {
  entryPoints: Object.values(compilerOptions.paths).flat(),
  out: 'docs/api',
  tsconfig: 'tsconfig.build.json',
  readme: 'README.md',
  excludePrivate: true,
  excludeInternal: true,
}
