// Builds both module formats: dist/esm for `import`, dist/cjs for `require`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

const formats = [
  { folder: 'dist/esm', type: 'module', options: ['--module', 'nodenext', '--moduleResolution', 'nodenext'] },
  { folder: 'dist/cjs', type: 'commonjs', options: ['--module', 'commonjs', '--verbatimModuleSyntax', 'false'] },
]

rmSync('dist', { recursive: true, force: true })
for (const { folder, type, options } of formats) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, `${JSON.stringify({ type, sideEffects: false })}\n`)
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder, ...options], {
    stdio: 'inherit',
  })
}
