import type { Window, WindowTicker } from '../../events/WindowTicker.js'
import type { NumberedFill } from './tape.js'
import type { BarsConfig } from './intervalBars.js'
import { rollingBar } from './rollingBar.js'
import { windowTexts } from './windowTexts.js'

/** The tickers of one symbol over the windows that venues know. */
export interface WindowTickers {
  readonly add: (at: number, fills: readonly NumberedFill[]) => void
  /** The ticker of each window, made when somebody asks for it. */
  readonly tickers: (at: number) => Readonly<Record<Window, () => WindowTicker>>
}

const HOUR = 3_600_000

export const windowTickers = ({ symbol, scale, price }: BarsConfig): WindowTickers => {
  const windows = {
    '1h': rollingBar(HOUR, price),
    '4h': rollingBar(4 * HOUR, price),
    '1d': rollingBar(24 * HOUR, price),
  }
  const ticker = (window: Window, eventTime: number) => (): WindowTicker => {
    const { openTime, bar } = windows[window].at(eventTime)
    const times = { openTime: Math.max(0, openTime), closeTime: eventTime }
    return { window, eventTime, symbol, ...times, ...windowTexts(bar, scale) }
  }
  return {
    add: (at, fills) => {
      for (const each of Object.values(windows)) each.add(at, fills)
    },
    tickers: (at) => ({ '1h': ticker('1h', at), '4h': ticker('4h', at), '1d': ticker('1d', at) }),
  }
}
