import { reading } from '../../../lib/communicators/websocket/reading.js'
import { streamOf } from '../../../lib/communicators/websocket/streamOf.js'
import { methodControl } from '../../../lib/venues/control.js'

describe('streamOf', () => {
  test.each([
    ['{"stream":"btcusdt@trade","data":{}}', 'btcusdt@trade'],
    ['{"stream":""}', ''],
    ['{"stream":"btcusdt@trade","data":{', undefined],
    ['{"stream":"btcusdt}', undefined],
    ['{"stream" :"a"}', undefined],
    ['{"result":null,"id":1}', undefined],
    ['', undefined],
  ])('%s', (text, stream) => expect(streamOf(text)).toBe(stream))
})

describe('reading', () => {
  const read = (text: string) => reading(text, methodControl)

  test('data, with its stream where it says one', () => {
    expect(read('{"stream":"a@trade","data":{}}')).toEqual({ _tag: 'Data', stream: 'a@trade', isShutdown: false })
    expect(read('{ "stream": "a@trade" }')).toEqual({ _tag: 'Data', stream: 'a@trade', isShutdown: false })
    expect(read('{"stream":5}')).toEqual({ _tag: 'Data', isShutdown: false })
    expect(read('{"e":"trade"}')).toEqual({ _tag: 'Data', isShutdown: false })
    expect(read('[{"e":"trade"}]')).toEqual({ _tag: 'Data', isShutdown: false })
  })

  test('answers and errors', () => {
    expect(read('{"result":null,"id":3}')).toMatchObject({
      _tag: 'Control',
      control: { type: 'acknowledgement', id: 3 },
    })
    expect(read('{"code":2,"msg":"no"}')).toMatchObject({ _tag: 'Control', control: { type: 'error', code: 2 } })
  })

  test.each(['', 'x', '{', '"text"', '5', 'null', 'true', '{"stream":"a","data":{'])('%j is no frame', (text) =>
    expect(read(text)).toEqual({ _tag: 'Bad' }),
  )

  test('the end of a server is announced by short texts only', () => {
    const raw = (length: number) => `{"e":"serverShutdown","x":"${'x'.repeat(length - 29)}"}`
    const combined = (length: number) => `{"stream":"s","data":{"e":"serverShutdown","x":"${'x'.repeat(length - 51)}"}}`
    for (const text of [raw, combined]) {
      expect([text(199).length, text(200).length]).toEqual([199, 200])
      expect(read(text(199))).toMatchObject({ _tag: 'Data', isShutdown: true })
      expect(read(text(200))).toMatchObject({ _tag: 'Data', isShutdown: false })
    }
    expect(read('[{"e":"serverShutdown"}]')).toMatchObject({ isShutdown: true })
  })
})
