import { messageOf } from '../../lib/communicators/messageOf.js'

test.each([
  [new Error('cut'), 'cut'],
  [{ message: 5 }, '5'],
  ['a text', 'a text'],
  [{}, '[object Object]'],
  [null, 'null'],
])('%p says %j', (error, message) => {
  expect(messageOf(error)).toBe(message)
})
