import { asyncScheduler, queueScheduler } from 'rxjs'
import { addressOf } from '../../lib/rest/address.js'

const fetch = () => Promise.reject(new Error('unused'))
const share = { endpoint: 'https://host', fetch, scheduler: asyncScheduler }

test('all who ask one address in one way share it, and have one budget for one limit', () => {
  expect(addressOf({ ...share })).toBe(addressOf(share))
  expect(addressOf(share).budget(100)).toBe(addressOf(share).budget(100))
  expect(addressOf(share).budget(100)).not.toBe(addressOf(share).budget(50))
})

test.each([
  ['another address', { endpoint: 'https://other' }],
  ['another way out', { fetch: () => Promise.reject(new Error('unused')) }],
  ['another time', { scheduler: queueScheduler }],
])('%s is another', (_, other) => {
  expect(addressOf({ ...share, ...other })).not.toBe(addressOf(share))
})
