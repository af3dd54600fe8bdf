import { bingxHeartbeat } from '../../lib/venues/heartbeat.js'

test.each([
  ['Ping', 'Pong'],
  ['ping', 'Pong'],
  ['{"ping":"ab12","time":"2022-06-07T16:27:36.323+0800"}', '{"pong":"ab12","time":"2022-06-07T16:27:36.323+0800"}'],
  ['{ "ping" : "ab12" , "time" : "t" }\n', '{"pong":"ab12","time":"t"}'],
  ['{"ping":12,"time":34}', '{"pong":12,"time":34}'],
])('%j is answered %j', (text, answer) => {
  expect(bingxHeartbeat(text)).toBe(answer)
})

test.each([
  '',
  'Pong',
  'PING',
  'Ping ',
  '{"ping":"a"}',
  '{"time":"a"}',
  '{"ping":"a","time":"b","x":1}',
  '{"ping":{},"time":"b"}',
  '{"pong":"a","time":"b"}',
  '[]',
])('%j is no heartbeat', (text) => {
  expect(bingxHeartbeat(text)).toBeUndefined()
})
