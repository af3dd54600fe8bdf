/** Specs bring about what a client says on `console.warn` by default; it is no news in their report. */
const warn = console.warn.bind(console)

console.warn = (...said: readonly unknown[]) => {
  if (!String(said[0]).startsWith('aster-rx, ')) warn(...said)
}
