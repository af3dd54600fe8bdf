/** An object as it stands on the wire. */
export type Values = Readonly<Record<string, unknown>>

/** True for objects that are neither null nor an array. */
export const isValues = (u: unknown): u is Values => typeof u === 'object' && u !== null && !Array.isArray(u)
