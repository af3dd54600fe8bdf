import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

test('docs/program.md says what the tables of the commands say', () => {
  const script = `
    import { readFileSync } from 'node:fs'
    import { PROGRAM_PAGE, programPage } from './scripts/programPage.ts'
    if (readFileSync(PROGRAM_PAGE, 'utf8') !== (await programPage())) console.log('run \`npm run program\`')`
  const root = join(__dirname, '../..')
  // Prettier is an ES module, which specs cannot load.
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  expect(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })).toBe('')
})
