const withoutPadding = (text: string) => text.replace(/=+$/, '')

/** Base64 of a text that stands somewhere in another: what does not depend on what stands around it. */
const base64Of = (canary: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const whole = withoutPadding(Buffer.concat([Buffer.alloc(before), Buffer.from(canary)]).toString('base64'))
    return whole.slice(before === 0 ? 0 : before + 1, -1)
  })

/** How a secret may be written: plain, url-encoded, in JSON, base64 and base64url at any place of a text, hex. */
export const formsOf = (canary: string): readonly string[] => {
  const base64 = base64Of(canary)
  return [
    canary,
    encodeURIComponent(canary),
    JSON.stringify(canary).slice(1, -1),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    Buffer.from(canary).toString('hex'),
  ]
}

/** The canaries that a text holds, in any of their forms, whatever the capitals. */
export const leaked = (text: string, canaries: readonly string[]): readonly string[] => {
  const lower = text.toLowerCase()
  return canaries.filter((canary) => formsOf(canary).some((form) => lower.includes(form.toLowerCase())))
}
