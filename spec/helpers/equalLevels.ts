import { equalLevels } from '../../lib/testing/equalLevels.js'

/** What Jest has, and its types leave out. */
interface Extensible {
  readonly addEqualityTesters: (testers: readonly unknown[]) => void
}

const { addEqualityTesters } = expect as unknown as Extensible
addEqualityTesters([equalLevels])
