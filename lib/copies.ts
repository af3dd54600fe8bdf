import { version } from '../package.json'

const VERSIONS = Symbol.for('aster-rx.versions')

/**
 * How many versions of the library are in use in this process, this one included. The copies of one version, such as
 * its two module formats, share what has to be one; what another version keeps may have another shape.
 */
export const countVersions = (): number => {
  const known: unknown = Reflect.get(globalThis, VERSIONS)
  const versions = known instanceof Set ? known : new Set<unknown>()
  versions.add(version)
  Reflect.set(globalThis, VERSIONS, versions)
  return versions.size
}

/**
 * Gives what all copies of this version in this process share by a name, made by the first that asks. Where the host
 * lets nobody add to its globals, each copy has its own.
 */
export const sharedByCopies = <A extends object>(name: string, make: () => A): (() => A) => {
  const key = Symbol.for(`aster-rx@${version}: ${name}`)
  let own: A | undefined
  const find = (): A => {
    const known: unknown = Reflect.get(globalThis, key)
    // Only a copy of this version keeps something by this key, and makes it in the same way.
    if (known !== undefined) return known as A
    const made = make()
    Reflect.set(globalThis, key, made)
    return made
  }
  return () => (own ??= find())
}
