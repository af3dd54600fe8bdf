import { element } from './element.js'

/** Something to draw on that is as large as its place, in the pixels of the screen. */
export interface Surface {
  readonly element: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  /** Fits it to its place; true where that changed, and all that was drawn is gone. */
  readonly fit: () => boolean
}

/** A picture with words for those who do not see it. */
export const createSurface = (label: string): Surface => {
  const canvas = element('canvas', {}, label)
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', label)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new TypeError('expected a host that draws, came one without a canvas')
  const place = element('div', { className: 'surface' }, canvas)
  let size = { width: 0, height: 0 }
  // Reading the size of a place at each frame would lay out the page each time.
  new ResizeObserver(([entry]) => {
    if (entry !== undefined) size = entry.contentRect
  }).observe(place)
  return {
    ...{ element: place, canvas, context },
    fit: () => {
      const [width, height] = [size.width, size.height].map((length) => Math.round(length * devicePixelRatio))
      if (width === undefined || height === undefined || (canvas.width === width && canvas.height === height))
        return false
      Object.assign(canvas, { width, height })
      return true
    },
  }
}
