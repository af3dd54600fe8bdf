import { readFileSync } from 'node:fs'
import type { Level } from '../../lib/codecs/Levels.js'
import { shared } from '../helpers/shared.js'

type Sides = { readonly bids: readonly Level[]; readonly asks: readonly Level[] }

/** One thing that happens in a case. */
export type DepthStep =
  | ({ readonly t: 'snapshot'; readonly lastUpdateId: number } & Sides)
  | {
      readonly t: 'event'
      readonly U: number
      readonly u: number
      readonly pu?: number
      readonly b: readonly Level[]
      readonly a: readonly Level[]
    }
  | { readonly t: 'raw'; readonly json: string }
  | { readonly t: 'levels'; readonly b: readonly Level[]; readonly a: readonly Level[] }
  | { readonly t: 'reset'; readonly b?: readonly Level[]; readonly a?: readonly Level[]; readonly gen?: string }
  | {
      readonly t: 'generator' | 'snapshotError' | 'disconnect' | 'connect' | 'note' | 'time' | 'assertNoSnapshotRequest'
    }

export interface DepthCase {
  readonly id: string
  readonly market: string
  readonly initial?: Partial<Sides> & { readonly synced: boolean; readonly lastUpdateId?: number }
  readonly steps: readonly DepthStep[]
  readonly expect: { readonly perStep: readonly string[]; readonly final: Readonly<Record<string, unknown>> }
  readonly snapshotRequests?: number
}

/** The cases that other projects' tests were made into; undefined where the folder beside the project is missing. */
export const depthCases = (): readonly DepthCase[] | undefined => {
  const path = shared('vectors/depth-cases.json')
  if (path === undefined) return undefined
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly DepthCase[] }
  return cases
}
