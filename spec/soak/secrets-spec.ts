import { findsLeaks, secretWatch } from '../../scripts/soak/secrets.js'

test('a leak on purpose is found, wherever it is', () => {
  expect(findsLeaks(secretWatch())).toBe(true)
  expect(findsLeaks({ ...secretWatch(), look: () => [] })).toBe(false)
})

test('secrets are shown by what they begin with', () => {
  const watch = secretWatch()
  watch.learn('abcdefghijk')
  expect(watch.look('…abcdefghijk…')).toEqual(['abcdef…'])
  expect(watch.look('abcdefghij')).toEqual([])
  expect(watch.counts()).toEqual({ secrets: 1, texts: 2 })
})
