/** Looks for what nobody may read in everything that is said. */
export interface SecretWatch {
  /** From now on this is a secret. */
  readonly learn: (secret: string) => void
  /** The secrets that are in a text, by what they begin with. */
  readonly look: (text: string) => readonly string[]
  readonly counts: () => { readonly secrets: number; readonly texts: number }
}

const SHOWN = 6

export const secretWatch = (): SecretWatch => {
  const secrets = new Set<string>()
  let texts = 0
  return {
    learn: (secret) => secrets.add(secret),
    look: (text) => {
      texts += 1
      return [...secrets].filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, SHOWN)}…`)
    },
    counts: () => ({ secrets: secrets.size, texts }),
  }
}

/** Whether a watch finds what is leaked on purpose. */
export const findsLeaks = (watch: SecretWatch): boolean => {
  const canary = 'SOAK-leaked-on-purpose'
  watch.learn(canary)
  const leaks = [
    JSON.stringify({ _tag: 'Disconnected', code: 1006, reason: `connect to /ws/${canary} failed` }),
    JSON.stringify({ _tag: 'Frame', text: JSON.stringify({ e: 'listenKeyExpired', listenKey: canary }) }),
    String(new Error(`GET /fapi/v1/account?signature=${canary}`)),
  ]
  return leaks.every((leak) => watch.look(leak).length === 1) && watch.look('nothing').length === 0
}
