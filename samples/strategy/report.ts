import type { Row } from './quote.js'

/** A line for each second. */
export const csv = (rows: readonly Row[]): string =>
  ['time,mid,spread,imbalance,position,pnl', ...rows.map((row) => Object.values(row).join(','))].join('\n') + '\n'

/** The PnL over time, one line for each model. */
export const equityCurve = (curves: Readonly<Record<string, readonly Row[]>>): string => {
  const all = Object.values(curves).flat()
  const [times, pnls] = [all.map(({ time }) => time), all.map(({ pnl }) => pnl)]
  const scaled = (value: number, values: readonly number[], size: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return (((value - low) / (high - low || 1)) * size).toFixed(1)
  }
  const lines = Object.entries(curves).map(([name, rows], i) => {
    const points = rows.map(
      ({ time, pnl }) =>
        `${scaled(time, times, 800)},${scaled(
          -pnl,
          pnls.map((one) => -one),
          300,
        )}`,
    )
    const hue = i * 120
    return [
      `<polyline points="${points.join(' ')}" fill="none" stroke="hsl(${hue} 70% 40%)"/>`,
      `<text x="10" y="${20 * (i + 1)}" fill="hsl(${hue} 70% 40%)">${name} ${rows.at(-1)?.pnl.toFixed(2)}</text>`,
    ].join('\n')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 820 320">\n${lines.join('\n')}\n</svg>\n`
}
