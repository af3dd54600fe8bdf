import type { Row } from './Row.js'

const occurrences = (text: string, part: string): number => text.split(part).length - 1

/** What is wrong with a row of the table, as far as it can be seen without running a spec; `read` gives a file's text. */
export const faultsOf = ({ id, proofs }: Row, read: (file: string) => string | undefined): readonly string[] => {
  if (proofs.length === 0) return [`${id} has no spec`]
  return proofs.flatMap(({ spec, test, without: { file, code, instead } }) => {
    const written = [`'${test}'`, `"${test}"`, `\`${test}\``].some((title) => (read(spec) ?? '').includes(title))
    const count = occurrences(read(file) ?? '', code)
    return [
      ...(written ? [] : [`${id}: ${spec} has no test '${test}'`]),
      ...(count === 1 ? [] : [`${id}: '${code}' occurs ${count} times in ${file}`]),
      ...(code === instead ? [`${id}: nothing is taken out of ${file}`] : []),
    ]
  })
}
