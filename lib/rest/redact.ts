const REDACTED = '<redacted>'

/** `signature=…`, `"listenKey":"…"`, whoever wrote it. */
const named = /\b(signature|listenKey|apiKey|secret|privateKey)\b(["']?\s*[=:]\s*["']?)[^\s&"'<>,;}]+/gi

/** A text without these secrets, and without what stands after the name of one. */
export const redact = (text: string, secrets: readonly (string | undefined)[]): string =>
  secrets
    .flatMap((secret) => (secret === undefined || secret === '' ? [] : [secret]))
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
    .replace(named, `$1$2${REDACTED}`)
