import { spellings } from './spellings.js'

const REDACTED = '<redacted>'

/**
 * `signature=…`, `"listenKey":"…"`, whoever wrote it; not a path like `/listenKey`. A quoted value ends with its quote,
 * and one that is no text, which may hold anything, with the text.
 */
const named =
  /(?<![\w/])(signature|listenKey|apiKey|secret|privateKey)\b(["']?\s*[=:]\s*)(?:(")(?:[^"\\]|\\[^])+|(')(?:[^'\\]|\\[^])+|[[{][^]*|[^\s&"'<>,;}]+)/gi

/** A text without these secrets, and without what stands after the name of one. */
export const redact = (text: string, secrets: readonly (string | undefined)[]): string =>
  secrets
    .flatMap((secret) => (secret === undefined || secret === '' ? [] : spellings(secret)))
    // The longest first: one may hold another.
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    .replace(named, `$1$2$3$4${REDACTED}`)
