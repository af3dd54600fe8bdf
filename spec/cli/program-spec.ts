import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { bundle } from '../../scripts/bundle.js'
import { asterFutures } from '../../lib/venues/asterFutures.js'
import { simulated } from './simulated.js'

const root = join(__dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'aster-rx-'))
// As in the package, whose version it reads.
copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
const [program = ''] = bundle(root, ['lib/cli/main.ts'], join(folder, 'dist/esm'))
const recording = join(root, 'samples/recordings/asterFutures-btcusdt.txt.gz')

afterAll(() => rmSync(folder, { recursive: true }))

const inShell = (script: string) =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, program, recording], { encoding: 'utf8' })

test('says its version, and ends with 2 where the line cannot be meant', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(inShell('"$1" "$2" --version').stdout).toBe(`${version}\n`)
  expect(inShell('"$1" "$2" nonsense')).toMatchObject({ status: 2, stdout: '' })
})

test('a pipe that is closed early ends it quietly', () => {
  const { stdout, stderr } = inShell('"$1" "$2" replay "$3" --json | head -n 2; echo "${PIPESTATUS[0]}"')
  const lines = stdout.trimEnd().split('\n')
  expect([lines.length, lines[2], stderr]).toEqual([3, '0', ''])
})

test('reads the standard input', () => {
  const { stdout, status } = inShell('gzip -dc "$3" | "$1" "$2" replay - --venue asterFutures --streams kline')
  expect([status, stdout.trimEnd().split('\n').length]).toEqual([0, 149])
})

test('what is written to a full disk is a failure', () => {
  const { status, stderr } = inShell('"$1" "$2" replay "$3" > /dev/full')
  expect(status).toBe(1)
  expect(stderr).toMatch(/^The output could not be written: .*ENOSPC/m)
  expect(stderr).not.toContain('    at ')
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s closes a recording in order, and ends it with %d', async (signal, code) => {
  const { places } = await simulated({ venue: asterFutures, pause: 5 })
  const file = join(folder, `${signal}.txt.gz`)
  // Nothing is written before the end, so that the end has to write it.
  const args = ['record', 'asterFutures', 'btcusdt@trade', '--file', file, '--flush', '1h', ...places]
  const child = spawn(process.execPath, [program, ...args])
  let said = ''
  await new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('connected')) resolve()
    })
  })
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([code, null])
  expect(gunzipSync(readFileSync(file)).toString('utf8')).toContain('"_tag":"Connected"')
  expect(existsSync(`${file}.lock`)).toBe(false)
})
