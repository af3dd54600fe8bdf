import { asyncScheduler, queueScheduler } from 'rxjs'
import { sharedBudget } from '../../lib/rest/sharedBudget.js'

const fetch = () => Promise.reject(new Error('unused'))
const share = { endpoint: 'https://host', weightPerMinute: 100, fetch, scheduler: asyncScheduler }

test('all who ask one address in one way have one budget', () => {
  expect(sharedBudget({ ...share })).toBe(sharedBudget(share))
})

test.each([
  ['another address', { endpoint: 'https://other' }],
  ['another limit', { weightPerMinute: 50 }],
  ['another way out', { fetch: () => Promise.reject(new Error('unused')) }],
  ['another time', { scheduler: queueScheduler }],
])('%s has another', (_, other) => {
  expect(sharedBudget({ ...share, ...other })).not.toBe(sharedBudget(share))
})
