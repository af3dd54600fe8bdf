import { NEVER } from 'rxjs'
import { bingxSpot, createClient, type OnNotice } from '../lib/index.js'

const told = () => {
  const notices: string[] = []
  const onNotice: OnNotice = (text) => notices.push(text)
  createClient({ venue: bingxSpot, communicator: () => NEVER, onNotice }).connect()
  return notices
}

test('F81 a second copy of the library is told, once by each client', () => {
  expect(told()).toEqual([])
  expect(told()).toEqual([])
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import('../lib/index.js')>('../lib/index.js')
    other.createRest({ venue: other.bingxSpot })
  })
  expect(told()).toEqual([expect.stringMatching(/^aster-rx, bingxSpot: another copy of the library is loaded/)])
})
