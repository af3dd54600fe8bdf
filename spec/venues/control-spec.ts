import { bingxControl, methodControl } from '../../lib/venues/control.js'

test('what names a stream is no answer of Aster and Binance', () => {
  expect(methodControl({ stream: 'a@trade', data: {}, code: 0, id: 1, result: null })).toBeUndefined()
  expect(methodControl({ code: 0, msg: 'Unknown property' })).toMatchObject({ type: 'error', code: 0 })
})

test('on BingX code 0 is no error', () => {
  expect(bingxControl({ code: 0, msg: 'SUCCESS', id: 'a' })).toMatchObject({ type: 'acknowledgement', id: 'a' })
  expect(bingxControl({ code: 0, dataType: 'x', data: {}, id: 'a' })).toBeUndefined()
  expect(bingxControl({ code: 0, msg: 'SUCCESS' })).toBeUndefined()
  expect(bingxControl({ code: '100400', msg: 'text' })).toBeUndefined()
})

test('and every other code is, whatever stands beside it', () => {
  for (const code of [100400, 100410, 100421, 100500, -1])
    expect(bingxControl({ code, msg: 'no', dataType: 'spot.executionReport', data: {} })).toEqual({
      ...{ _tag: 'Control', type: 'error', code, message: 'no' },
    })
})
