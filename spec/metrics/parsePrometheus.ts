/** One metric as the text format tells it. */
export interface Family {
  help: string
  type: string
  readonly samples: {
    readonly name: string
    readonly labels: Readonly<Record<string, string>>
    readonly value: number
  }[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const sampleLine = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`)
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\n"])*)"(?:,|$)/y

const labelsIn = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (label.lastIndex < text.length) {
    const [, name = '', value = ''] = label.exec(text) ?? []
    if (name === '' || name in labels) throw new Error(`not labels: ${text}`)
    labels[name] = value.replace(/\\([\\n"])/g, (_, code: string) => (code === 'n' ? '\n' : code))
  }
  return labels
}

const numberIn = (text: string): number => {
  const special: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity, NaN: NaN }
  const value = special[text] ?? Number(text)
  if (Number.isNaN(value) && text !== 'NaN') throw new Error(`not a number: ${text}`)
  return value
}

/** Reads the format 0.0.4, as its document defines it, and refuses what a server would refuse. */
export const parsePrometheus = (text: string): ReadonlyMap<string, Family> => {
  if (!text.endsWith('\n')) throw new Error('the last line must end with a line feed')
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  for (const one of text.slice(0, -1).split('\n')) {
    const [, word, name = '', rest = ''] = new RegExp(`^# (HELP|TYPE) (${NAME}) (.*)$`).exec(one) ?? []
    const family = families.get(name) ?? { help: '', type: '', samples: [] }
    if (word === 'HELP' && family.help === '') families.set(name, { ...family, help: rest })
    else if (word === 'TYPE' && family.type === '' && family.samples.length === 0)
      families.set(name, { ...family, type: rest })
    else {
      const [, sample = '', labels = '', value = ''] = sampleLine.exec(one) ?? []
      if (seen.has(`${sample}{${labels}`)) throw new Error(`twice: ${one}`)
      seen.add(`${sample}{${labels}`)
      const base = sample.replace(/_(bucket|sum|count)$/, '')
      const found = families.get(sample) ?? families.get(base)
      // All lines of a metric stand together, behind its type.
      if (found === undefined || found !== [...families.values()].at(-1)) throw new Error(`not in its group: ${one}`)
      found.samples.push({ name: sample, labels: labelsIn(labels), value: numberIn(value) })
    }
  }
  return families
}
