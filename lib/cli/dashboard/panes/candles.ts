import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  type CandlestickData,
  type HistogramData,
  type UTCTimestamp,
} from 'lightweight-charts'
import { combineLatest, switchMap, tap, type BehaviorSubject } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { element, pane } from '../element.js'
import { intervals, type PageInterval } from '../market.js'
import { allOf, CANDLES, changesOf, noCandles, type Candle, type Candles } from '../state/candles.js'
import type { Colours } from '../theme.js'
import type { View } from '../View.js'

// The chart counts in seconds, by a type of its own.
const timeOf = ({ time }: Candle) => (time / 1_000) as UTCTimestamp

const barOf = (candle: Candle, { bid, ask, quiet }: Colours): CandlestickData => {
  const { open, high, low, close, isWhole } = candle
  const wick = close < open ? ask : bid
  return {
    time: timeOf(candle),
    open,
    high,
    low,
    close,
    wickColor: wick,
    color: isWhole ? wick : quiet,
    borderColor: wick,
  }
}

const volumeOf = (candle: Candle, { bid, ask }: Colours): HistogramData => ({
  time: timeOf(candle),
  value: candle.volume,
  color: `${candle.close < candle.open ? ask : bid}66`,
})

const layoutOf = ({ background, quiet, line }: Colours) => ({
  // The link below the page stands for the logo, which would bring a style sheet of its own.
  layout: { background: { color: background }, textColor: quiet, attributionLogo: false },
  grid: { vertLines: { color: line }, horzLines: { color: line } },
  timeScale: { timeVisible: true, secondsVisible: true, borderColor: line },
  rightPriceScale: { borderColor: line },
})

/** Candles made of trades, as large as the place they are in. */
const createCandleChart = (place: HTMLElement) => {
  const chart = createChart(place, { autoSize: true, layout: { attributionLogo: false } })
  const candles = chart.addSeries(CandlestickSeries, { priceLineVisible: false })
  const volumes = chart.addSeries(HistogramSeries, {
    ...{ priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false },
  })
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } })
  let shown: Candles = noCandles
  let colours: Colours | undefined
  let count = 0
  let precision = -1

  const render = (now: Candles, theme: Colours) => {
    const { isAll, changed } = changesOf(colours === theme && count < 2 * CANDLES ? shown : noCandles, now)
    if (colours !== theme) chart.applyOptions(layoutOf(theme))
    const needed = Math.max(0, ...changed.map(({ decimals }) => decimals), isAll ? 0 : precision)
    if (needed !== precision)
      candles.applyOptions({ priceFormat: { type: 'price', precision: needed, minMove: 10 ** -needed } })
    precision = needed
    if (isAll) {
      const all = allOf(now)
      candles.setData(all.map((candle) => barOf(candle, theme)))
      volumes.setData(all.map((candle) => volumeOf(candle, theme)))
      count = all.length
    } else
      for (const candle of changed) {
        const isOld = candle.time < (shown.last?.time ?? 0)
        candles.update(barOf(candle, theme), isOld)
        volumes.update(volumeOf(candle, theme), isOld)
        count += 1
      }
    shown = now
    colours = theme
  }
  /** Other candles follow. */
  const clear = () => {
    shown = noCandles
    chart.timeScale().scrollToRealTime()
  }
  return { render, clear }
}

/** The candles of the market, by an interval that can be chosen. */
export const candlesPane = ({ market$, theme }: View, interval$: BehaviorSubject<PageInterval>): HTMLElement => {
  const place = element('div', { className: 'surface' })
  place.setAttribute('role', 'img')
  place.setAttribute('aria-label', 'Candles and volumes')
  const buttons = intervals.map((interval) =>
    element('button', { type: 'button', onclick: () => interval$.next(interval) }, interval),
  )
  const chart = createCandleChart(place)

  interval$.subscribe((interval) =>
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(intervals[i] === interval))),
  )
  const candles$ = combineLatest([market$, interval$]).pipe(
    tap(chart.clear),
    switchMap(([{ candles$: all }, interval]) => all[interval]),
  )
  combineLatest([candles$, theme.colours$])
    .pipe(atFrames())
    .subscribe(([candles, colours]) => chart.render(candles, colours))
  const section = pane('candles', 'Candles', place)
  section.prepend(
    element(
      'div',
      { className: 'head' },
      section.firstElementChild ?? '',
      element('div', { className: 'row' }, ...buttons),
    ),
  )
  return section
}
