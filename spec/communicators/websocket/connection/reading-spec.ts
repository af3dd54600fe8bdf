import { reading } from '../../../../lib/communicators/websocket/connection/reading.js'
import { asterSpot } from '../../../../lib/venues/asterSpot.js'
import { bingxSpot } from '../../../../lib/venues/bingxSpot.js'

describe('reading', () => {
  const read = (text: string) => reading(text, asterSpot)

  test('data, with its stream where it says one', () => {
    expect(read('{"stream":"a@trade","data":{}}')).toEqual({ _tag: 'Data', stream: 'a@trade', isShutdown: false })
    expect(read('{ "stream": "a@trade" }')).toEqual({ _tag: 'Data', stream: 'a@trade', isShutdown: false })
    expect(read('{"stream":5}')).toEqual({ _tag: 'Data', isShutdown: false })
    expect(read('{"e":"trade"}')).toEqual({ _tag: 'Data', isShutdown: false })
    expect(read('[{"e":"trade"}]')).toEqual({ _tag: 'Data', isShutdown: false })
  })

  test('a venue with another envelope', () => {
    const named = '{"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport"}}'
    expect(reading(named, bingxSpot)).toEqual({ _tag: 'Data', stream: 'spot.executionReport', isShutdown: false })
    expect(reading('{"dataType":"","e":"ACCOUNT_UPDATE"}', bingxSpot)).toEqual({ _tag: 'Data', isShutdown: false })
  })

  test.each([
    ['Ping', 'Pong'],
    ['{"ping":"1","time":"2"}', '{"pong":"1","time":"2"}'],
  ])('the heartbeat %s of a venue that sends such, with its answer', (ping, answer) => {
    expect(reading(ping, bingxSpot)).toEqual({ _tag: 'Heartbeat', answer })
    expect(read(ping)).not.toMatchObject({ _tag: 'Heartbeat' })
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
