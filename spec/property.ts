import { fc } from '@fast-check/jest'

// The same cases in every run, so that no run fails by chance; `npm run fuzz` tries others.
if (!('fuzz' in globalThis)) fc.configureGlobal({ seed: 20_240_808 })

export { fc, test } from '@fast-check/jest'
