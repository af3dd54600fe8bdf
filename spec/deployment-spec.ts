import { execFile } from 'node:child_process'
import { withServer } from './nats/natsServer.js'

/** What a short form of it prints, whatever its end is. */
const printed = () =>
  new Promise<string>((resolve) => {
    const args = ['--import', 'tsx', 'samples/deployment/main.ts', '1500', '400', '500']
    execFile(process.execPath, args, (_, stdout, stderr) => resolve(stdout + stderr))
  })

withServer('the sample deployment', () => {
  test('loses and doubles nothing, whatever part of it is killed or paused', async () => {
    const text = await printed()
    expect(text.match(/^(SIGKILL|SIGTERM|pause) of \w+: the feed stood still for \d+ ms$/gm)).toHaveLength(13)
    const [, sent = ''] = /The venue sent (\d+) trades to two connectors/.exec(text) ?? []
    expect(Number(sent)).toBeGreaterThanOrEqual(1_500)
    expect(text).toContain(`consumer   ${sent} heard, 0 lost, 0 doubled or out of order`)
    expect(text).toContain(`workers    ${sent} decided, 0 lost, 0 doubled`)
    // Eight processes are started again, however busy the machine is.
  }, 300_000)
})
