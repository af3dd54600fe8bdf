const REDACTED = '<redacted>'

/** So much of what a stranger says is looked at, and so much of that is quoted. */
const READ = 1_000
const SHOWN = 200

/** What may be a secret, whatever it is written in: runs of characters in which keys, base64, hex and addresses are written. */
const RUN = /[A-Za-z0-9%+~/.:_=&@-]+/g
const LONGEST_RUN = 48
/** A part of a run that is neither a word nor a number: `v3`, `1000SHIB`. */
const LONGEST_PART = 12
const LONGEST_WORD = 20

/** `signature`, `timeInForce`, `clientOrderID`, `NOTIONAL`, `1723110001001`. */
const isPlain = (part: string): boolean =>
  part.length <= LONGEST_PART ||
  (part.length <= LONGEST_WORD && /^(?:[A-Z]?[a-z]+(?:[A-Z][a-z]+)*(?:ID)?|[A-Z]+|\d+)$/.test(part))

const isHarmless = (run: string): boolean => run.length <= LONGEST_RUN && run.split(/[/.:_=&@-]/).every(isPlain)

/** Without a part of a run at its end. */
const beginning = (text: string): string =>
  text.length <= READ ? text : text.slice(0, READ).replace(/[A-Za-z0-9%+~/.:_=&@-]+$/, '')

/**
 * What was said by somebody who was told a secret, as far as it can be quoted: words, numbers and short names. A secret
 * may come back in capitals, in base64 or written in any other way, so what is not known to be harmless is left out.
 */
export const quotable = (text: string): string =>
  beginning(text.normalize('NFKC'))
    .replace(RUN, (run) => (isHarmless(run) ? run : REDACTED)) // F78
    .slice(0, SHOWN)
