const REDACTED = '<redacted>'

/**
 * `signature=…`, `"listenKey":"…"`, whoever wrote it; not a path like `/listenKey`. A quoted value ends with its quote,
 * and one that is no text, which may hold anything, with the text.
 */
const named =
  /(?<![\w/])(signature|listenKey|apiKey|secret|privateKey)\b(["']?\s*[=:]\s*)(?:(")(?:[^"\\]|\\[^])+|(')(?:[^'\\]|\\[^])+|[[{][^]*|[^\s&"'<>,;}]+)/gi

/** A surrogate without its other half: no address can hold it, and `encodeURIComponent` throws. */
const LONE = /\p{Surrogate}/gu

/** A secret as it is, as it stands within JSON, and as it stands within an address. */
export const spellings = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.replace(LONE, '\ufffd')),
]

/** The other spellings in which it may come back, capitals or not; those of a short text would be found everywhere. */
const otherSpellings = (secret: string): readonly string[] => {
  if (secret.length < SHORTEST) return []
  const bytes = Array.from(new TextEncoder().encode(secret))
  const [, , inAddress = secret] = spellings(secret)
  return [
    ...spellings(secret),
    encodeURIComponent(inAddress),
    btoa(String.fromCharCode(...bytes)).replace(/=+$/, ''),
    bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  ]
}

const SHORTEST = 4

const escaped = (text: string) => text.replace(/[\\^$.*+?()|[\]{}/-]/g, '\\$&')

/** A text without these secrets in any of their other spellings. */
const withoutOthers = (text: string, secrets: readonly string[]): string => {
  const all = secrets.flatMap(otherSpellings).toSorted((a, b) => b.length - a.length)
  return all.length === 0 ? text : text.replace(new RegExp(all.map(escaped).join('|'), 'gi'), REDACTED) // F78
}

/** A text with `instead` in place of these secrets, however they are written. */
export const without = (text: string, secrets: readonly string[], instead: string): string =>
  secrets
    .flatMap(spellings)
    // The longest first: one may hold another.
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (rest, secret) => rest.replaceAll(secret, instead), // F49
      text,
    )

/** A text without these secrets, and without what stands after the name of one. */
export const redact = (text: string, secrets: readonly (string | undefined)[]): string => {
  const given = secrets.filter((secret): secret is string => secret !== undefined && secret !== '')
  return withoutOthers(without(text, given, REDACTED), given).replace(named, `$1$2$3$4${REDACTED}`)
}
