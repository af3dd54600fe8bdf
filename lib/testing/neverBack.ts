/**
 * Keeps `receivedAt` from going back where values changed places: one that comes later than it was stamped gets the
 * highest stamp so far. Values without `receivedAt` stay what they are.
 */
export const neverBack = <T>(): ((value: T) => T) => {
  let latest = -Infinity
  return (value) => {
    if (typeof value !== 'object' || value === null) return value
    if (!('receivedAt' in value) || typeof value.receivedAt !== 'number') return value
    latest = Math.max(latest, value.receivedAt)
    return value.receivedAt === latest ? value : { ...value, receivedAt: latest }
  }
}
