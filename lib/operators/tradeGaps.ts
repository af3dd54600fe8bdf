import type { TradeIds } from './DerivedKline.js'

/** Ids that did not come, between a trade of one time and a trade of another, in ms since 1970. */
export interface TradeGap extends TradeIds {
  readonly after: number
  readonly before: number
}

/** How many gaps are remembered one by one. */
const MOST_GAPS = 100

/** The gaps with one more; where there are too many, the newest two become one. */
export const withGap = (gaps: readonly TradeGap[], gap: TradeGap): readonly TradeGap[] => {
  const newest = gaps.at(-1)
  if (gaps.length < MOST_GAPS || newest === undefined) return [...gaps, gap]
  return [...gaps.slice(0, -1), { ...newest, last: gap.last, before: gap.before }] // F59
}

/** The gaps without a trade that came after all. */
export const withoutId = (gaps: readonly TradeGap[], id: number): readonly TradeGap[] =>
  gaps.flatMap((gap) =>
    id < gap.first || id > gap.last
      ? [gap]
      : [
          { ...gap, last: id - 1 },
          { ...gap, first: id + 1 },
        ].filter(({ first, last }) => first <= last),
  )

/** The ids that may belong to times from `openTime` up to but not including `end`. */
export const missingIn = (
  gaps: readonly TradeGap[],
  { openTime, end }: { readonly openTime: number; readonly end: number },
): readonly TradeIds[] =>
  gaps.filter(({ after, before }) => after < end && before >= openTime).map(({ first, last }) => ({ first, last }))
