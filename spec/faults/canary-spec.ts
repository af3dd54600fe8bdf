import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from '../helpers/bundled.js'
import { formsOf, leaked } from './canaries.js'

const program = bundled('spec/faults/canaryRun.ts')

/** Runs the program, and gives what it printed and what must not be in it. */
const said = async (name: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'))
  const child = fork(program, [name, join(folder, 'recording.txt')], { silent: true })
  let text = ''
  let canaries: readonly string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.on('message', (message) => (canaries = message as readonly string[]))
  const [code] = (await once(child, 'close')) as [number]
  rmSync(folder, { recursive: true })
  return { text, canaries, code }
}

test.each([
  ['asterFutures, with an API key', 4],
  ['asterSpot, with a wallet', 3],
  ['bingxSpot, with an API key', 4],
])('F49 %s: no key and no secret in anything that is said', async (name, least) => {
  const { text, canaries, code } = await said(name)
  expect([code, canaries.length >= least]).toEqual([0, true])
  expect(leaked(text, canaries)).toEqual([])
  // It did hear of them.
  for (const part of ['<listenKey>', 'InvalidEvent', 'NotJson', 'listenKeyExpired', '"_tag":"Frame"'])
    expect([part, text.includes(part)]).toEqual([part, true])
  const [, statuses] = /^statuses of .*: (.*)$/m.exec(text) ?? []
  for (const tag of ['Disconnected', 'Rotating', 'Waiting', 'Reconciling', 'Closed'])
    expect([tag, statuses?.split(' ').includes(tag)]).toEqual([tag, true])
})

test('one that is leaked on purpose is found', async () => {
  const { text, canaries } = await said('leak')
  expect(canaries.length).toBe(3)
  expect(leaked(text, canaries)).toEqual(canaries)
})

test('in every form, wherever it stands, and nothing else', () => {
  const [one, other] = ['CANARY key/+"&=0123456789', 'CANARY-9876543210']
  for (const form of formsOf(one)) expect(leaked(`some ${form.toUpperCase()} more`, [one, other])).toEqual([one])
  for (const before of ['', 'a', 'ab', 'abc'])
    expect(leaked(Buffer.from(`${before}${one} and so on`).toString('base64'), [one, other])).toEqual([one])
  expect(leaked('CANARY key, and no more of it', [one, other])).toEqual([])
})
