import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundled } from './helpers/bundled.js'

const root = join(__dirname, '..')
const guide = readFileSync(join(root, 'docs/file-formats.md'), 'utf8')
const samples = ['samples/basis.ts', 'samples/verify.ts']

const run = async (file: string) => promisify(execFile)(process.execPath, [bundled(file)], { cwd: root })

test.each(samples)('%s is quoted verbatim', (file) => {
  expect(guide).toContain(`\`\`\`ts\n// ${file}\n${readFileSync(join(root, file), 'utf8')}\`\`\``)
})

test('samples/basis.ts shows the basis on one clock, each ten seconds', async () => {
  const { stdout, stderr } = await run('samples/basis.ts')
  expect(stderr).toBe('')
  expect(stdout).toMatch(
    /^binanceCsv without times of receipt [^\n]*\n(2024-08-09T00:0\d:\d\d\.\d{3}Z \d+\.\d\d\n){15}$/,
  )
})

test('samples/verify.ts prints what the guide shows', async () => {
  const { stdout, stderr } = await run('samples/verify.ts')
  expect(stderr).toBe('')
  expect(guide).toContain(`\`\`\`text\n${stdout}\`\`\``)
})
