import { createGate, type Gate } from './createGate.js'
import type { Signer } from './Signer.js'

/** The venue remembers the latest 100 nonces of a signer, and refuses those below: so many may be under way. */
export const MOST_SIGNED = 99

const gates = new WeakMap<Signer, Gate>()

/** The gate of a signer's requests, whichever rest they go through. */
export const signerGate = (signer: Signer): Gate => {
  const gate = gates.get(signer) ?? createGate({ limit: MOST_SIGNED })
  gates.set(signer, gate)
  return gate
}
