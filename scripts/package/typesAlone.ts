import type { Plugin } from 'rollup'

const exported = (specifier: string): string => specifier.split(' as ').at(-1) ?? specifier

const statement = (word: string, specifiers: readonly string[], from: string): string =>
  specifiers.length === 0 ? '' : `${word} { ${specifiers.join(', ')} }${from}`

/**
 * Bundled declarations forget which names are exported as types alone, where a value has the same name: `Trade` is an
 * interface and a codec. What an entry's code does not export is no value in its declarations either.
 */
export const typesAlone = (values: ReadonlyMap<string, readonly string[]>): Plugin => ({
  name: 'typesAlone',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || !chunk.isEntry) continue
      const isValue = (specifier: string) => values.get(chunk.name)?.includes(exported(specifier)) === true
      // On one line, so that the source map stays true.
      chunk.code = chunk.code.replace(/^export \{ (.*) \}(.*)$/gm, (_line, list: string, from: string) => {
        const specifiers = list.split(', ')
        const types = specifiers.filter((specifier) => !isValue(specifier))
        return [statement('export', specifiers.filter(isValue), from), statement('export type', types, from)].join(' ')
      })
    }
  },
})
