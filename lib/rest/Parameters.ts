/**
 * What a request is about; what is `undefined` is left out. Write prices and quantities as strings: a number loses
 * digits, and a small one comes as `1e-8`.
 */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>

/** Names and values, as texts, in the order given. */
export type Entries = readonly (readonly [name: string, value: string])[]

/** @throws TypeError for a number that is none. */
export const entriesOf = (parameters: Parameters): Entries =>
  Object.entries(parameters).flatMap(([name, value]) => {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new TypeError(`Parameter '${name}': expected a finite number, came ${value}`)
    return value === undefined ? [] : [[name, String(value)] as const]
  })

/** Stricter than `encodeURIComponent`, so that no URL parser writes a character in another way than was signed. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** `symbol=BTCUSDT&limit=5`, every name and value percent-encoded. */
export const urlEncoded = (entries: Entries): string =>
  entries.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
