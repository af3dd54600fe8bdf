const REDACTED = '<redacted>'

/** `signature=…`, `"listenKey":"…"`, whoever wrote it; not a path like `/listenKey`. */
const named = /(?<![\w/])(signature|listenKey|apiKey|secret|privateKey)\b(["']?\s*[=:]\s*["']?)[^\s&"'<>,;}]+/gi

/** As it is, within JSON, and within an address. */
const written = (secret: string) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]

/** A text without these secrets, and without what stands after the name of one. */
export const redact = (text: string, secrets: readonly (string | undefined)[]): string =>
  secrets
    .flatMap((secret) => (secret === undefined || secret === '' ? [] : written(secret)))
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    .replace(named, `$1$2${REDACTED}`)
