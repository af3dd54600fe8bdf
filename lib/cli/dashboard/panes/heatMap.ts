import { combineLatest, switchMap } from 'rxjs'
import { atFrames } from '../atFrames.js'
import { createSurface } from '../canvas.js'
import { pane } from '../element.js'
import { rangeOf, rowsOf, type Column, type ColumnBook, type Columns, type Range } from '../state/heatMap.js'
import type { Colours } from '../theme.js'
import type { View } from '../View.js'

/** In CSS pixels: a moment, a row of prices, and where prices are written. */
const STEP = 3
const ROW = 3
const GUTTER = 66
/** The range holds so many of the best levels. */
const DEPTH = 40

const largest = (rows: Float64Array) => rows.reduce((most, quantity) => Math.max(most, quantity), 0)

/** The book over time: the more is offered at a price, the brighter it is. */
const createHeatMap = () => {
  const surface = createSurface('What the order book offered at each price over time')
  const { canvas, context } = surface
  let range: Range | undefined
  let scale = 0
  let drawn: Column | undefined
  let colours: Colours | undefined

  const px = (length: number) => Math.round(length * devicePixelRatio)
  const room = () => Math.max(px(STEP), canvas.width - px(GUTTER))
  const count = () => Math.max(1, Math.floor(canvas.height / px(ROW)))
  const y = (price: number, { low, high }: Range) => ((high - price) / (high - low)) * canvas.height

  const drawColumn = ({ book, isStale }: Column, x: number, theme: Colours, shown: Range) => {
    context.globalAlpha = 1
    context.fillStyle = theme.background
    context.fillRect(x, 0, px(STEP), canvas.height)
    // What may not be so any more is grey.
    context.fillStyle = isStale ? theme.quiet : theme.warning
    if (book === undefined) {
      context.globalAlpha = 0.35
      context.fillRect(x, 0, px(STEP), canvas.height)
      return
    }
    const rows = rowsOf(book, shown, count())
    const height = canvas.height / rows.length
    rows.forEach((quantity, row) => {
      if (quantity === 0) return
      context.globalAlpha = Math.min(1, Math.sqrt(quantity / scale))
      context.fillRect(x, Math.round(row * height), px(STEP), Math.ceil(height))
    })
    context.globalAlpha = 1
    for (const [price, colour] of [[book.ask, theme.ask] as const, [book.bid, theme.bid] as const]) {
      context.fillStyle = colour
      context.fillRect(x, Math.round(y(price, shown)) - px(0.5), px(STEP), Math.max(1, px(1.5)))
    }
  }

  const drawPrices = (theme: Colours, { low, high }: Range) => {
    context.globalAlpha = 1
    context.fillStyle = theme.background
    context.fillRect(room(), 0, canvas.width - room(), canvas.height)
    context.fillStyle = theme.quiet
    context.font = `${px(11)}px system-ui, sans-serif`
    context.textBaseline = 'middle'
    const decimals = Math.max(0, Math.ceil(1 - Math.log10((high - low) / 4)))
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9])
      context.fillText((high - (high - low) * share).toFixed(decimals), room() + px(6), share * canvas.height)
  }

  const drawAll = (columns: Columns, theme: Colours, shown: Range) => {
    context.globalAlpha = 1
    context.fillStyle = theme.background
    context.fillRect(0, 0, canvas.width, canvas.height)
    columns.toReversed().forEach((column, i) => {
      const x = room() - (i + 1) * px(STEP)
      if (x > -px(STEP)) drawColumn(column, x, theme, shown)
    })
    drawPrices(theme, shown)
  }

  /** What is brightest: no row may be much brighter, and none need be so bright. */
  const scaleOf = (columns: Columns, shown: Range) =>
    Math.max(...columns.slice(-100).map(({ book }) => (book === undefined ? 0 : largest(rowsOf(book, shown, count())))))

  const draw = (columns: Columns, theme: Colours) => {
    const isResized = surface.fit()
    const last = columns.at(-1)
    const book: ColumnBook | undefined = columns.findLast((column) => column.book !== undefined)?.book
    if (last === undefined || book === undefined) {
      drawn = undefined
      return
    }
    const shown = rangeOf(drawn === undefined ? undefined : range, book, DEPTH)
    const fresh = drawn === undefined ? columns.length : columns.length - 1 - columns.lastIndexOf(drawn)
    const isBright = last.book !== undefined && largest(rowsOf(last.book, shown, count())) > scale * 1.5
    const isAll = isResized || shown !== range || colours !== theme || isBright || fresh >= columns.length
    range = shown
    colours = theme
    drawn = last
    if (isAll) {
      scale = scaleOf(columns, shown)
      drawAll(columns, theme, shown)
      return
    }
    if (fresh === 0) return
    const by = fresh * px(STEP)
    context.globalAlpha = 1
    context.drawImage(canvas, by, 0, room() - by, canvas.height, 0, 0, room() - by, canvas.height)
    columns.slice(-fresh).forEach((column, i) => drawColumn(column, room() - by + i * px(STEP), theme, shown))
  }
  return {
    element: surface.element,
    draw,
    clear: () => {
      drawn = undefined
    },
  }
}

/** The book of the market over time. */
export const heatMapPane = ({ market$, theme }: View): HTMLElement => {
  const map = createHeatMap()
  const columns$ = market$.pipe(
    switchMap(({ columns$ }) => {
      map.clear()
      return columns$
    }),
  )
  combineLatest([columns$, theme.colours$])
    .pipe(atFrames())
    .subscribe(([columns, colours]) => map.draw(columns, colours))
  return pane('heat', 'Order book over time', map.element)
}
