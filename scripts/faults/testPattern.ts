/** A regular expression for the full names of the tests with this title; what `test.each` fills in may be anything. */
export const testPattern = (title: string): string =>
  `(^| )${title
    .split(/%[a-zA-Z#]|\$[a-zA-Z_]+/)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('.*')}( |$)`
