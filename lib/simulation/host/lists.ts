import { parse } from 'lossless-json'
import { isValues } from '../../codecs/Values.js'

/** Lists that stand in one parameter; numbers keep all of their digits. */

const parsed = (text: string): unknown => {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** The texts of a list, as JSON or with commas between; empty where there is none. */
export const listIn = (text: string | null): readonly string[] => {
  if (text === null || text === '') return []
  const value = parsed(text)
  return Array.isArray(value) ? value.map(String) : text.split(',')
}

/** A list of objects as JSON, each as parameters; `undefined` where it is none. */
export const parametersIn = (text: string): readonly ReadonlyMap<string, string>[] | undefined => {
  const value = parsed(text)
  if (!Array.isArray(value) || !value.every(isValues)) return undefined
  return value.map((one) => new Map(Object.entries(one).map(([name, each]) => [name, String(each)])))
}
