const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** As long as the ids that venues make: by chance, no two are the same. */
const LENGTH = 22

/** Makes client order ids that every venue takes: letters and digits. */
export const clientOrderIds = (random: () => number) => (): string =>
  Array.from({ length: LENGTH }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join('')
