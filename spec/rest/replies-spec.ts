import { ListenKeyReply } from '../../lib/rest/ListenKeyReply.js'
import { ServerTimeReply } from '../../lib/rest/ServerTimeReply.js'

test('a listen key is written bare', () => {
  expect(ListenKeyReply.encode('abc')).toEqual({ listenKey: 'abc' })
  expect([ListenKeyReply.is('abc'), ListenKeyReply.is(''), ListenKeyReply.is(1)]).toEqual([true, false, false])
  expect(ListenKeyReply.decode({ listenKey: 'abc' })).toEqual({ _tag: 'Right', right: 'abc' })
  expect(ListenKeyReply.decode({ data: { listenKey: 'abc' } })).toEqual({ _tag: 'Right', right: 'abc' })
})

test('a time is written bare', () => {
  expect(ServerTimeReply.encode(5)).toEqual({ serverTime: 5 })
  expect([ServerTimeReply.is(5), ServerTimeReply.is('5')]).toEqual([true, false])
  expect(ServerTimeReply.decode({ serverTime: 5 })).toEqual({ _tag: 'Right', right: 5 })
  expect(ServerTimeReply.decode({ data: { serverTime: 5 } })).toEqual({ _tag: 'Right', right: 5 })
  for (const bad of [{}, { serverTime: '5' }, { serverTime: -1 }, null, { data: {} }])
    expect(ServerTimeReply.decode(bad)._tag).toBe('Left')
})
