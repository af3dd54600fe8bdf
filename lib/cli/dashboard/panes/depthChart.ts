import { createSurface } from '../canvas.js'
import type { Ladder, Rung } from '../state/ladder.js'
import { largestTotal } from '../state/ladder.js'
import type { Colours } from '../theme.js'

/** What is offered up to each price, as two areas that meet in the middle. */
export const depthChart = () => {
  const surface = createSurface('What is offered up to each price')
  surface.element.classList.add('depth')
  const { context, canvas } = surface

  const area = (rungs: readonly Rung[], x: (price: number) => number, y: (total: number) => number, colour: string) => {
    context.beginPath()
    context.moveTo(x(Number(rungs[0]?.price)), canvas.height)
    let height = canvas.height
    for (const { price, total } of rungs) {
      const at = x(Number(price))
      context.lineTo(at, height)
      height = y(total)
      context.lineTo(at, height)
    }
    const edge = x(Number(rungs.at(-1)?.price))
    context.lineTo(edge, canvas.height)
    context.closePath()
    context.globalAlpha = 0.35
    context.fillStyle = colour
    context.fill()
    context.globalAlpha = 1
    context.strokeStyle = colour
    context.lineWidth = devicePixelRatio
    context.stroke()
  }

  const draw = (ladder: Ladder | undefined, { background, bid, ask }: Colours) => {
    surface.fit()
    const { width, height } = canvas
    context.fillStyle = background
    context.fillRect(0, 0, width, height)
    if (ladder?.mid === undefined) return
    const { mid, bids, asks } = ladder
    const [lowest, highest] = [Number(bids.at(-1)?.price), Number(asks.at(-1)?.price)]
    const half = Math.max(mid - lowest, highest - mid)
    const most = largestTotal(ladder)
    const x = (price: number) => ((price - mid + half) / (2 * half)) * width
    const y = (total: number) => height - (total / most) * (height - devicePixelRatio)
    area(bids, x, y, bid)
    area(asks, x, y, ask)
  }
  return { element: surface.element, draw }
}
