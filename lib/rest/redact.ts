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
export const redact = (text: string, secrets: readonly (string | undefined)[]): string =>
  without(
    text,
    secrets.filter((secret): secret is string => secret !== undefined && secret !== ''),
    REDACTED,
  ).replace(named, `$1$2$3$4${REDACTED}`)
