import type { Carried } from './Carried.js'
import { pathOf } from './pathOf.js'

/** As `pathOf`, and `timeUnit=microsecond` in any case asks for times in microseconds. */
export const unitPathOf = (url: string): Carried | undefined => {
  const carried = pathOf(url)
  const unit = new URLSearchParams(url.split('?')[1]).get('timeUnit')?.toLowerCase()
  return carried && (unit === 'microsecond' ? { ...carried, isMicroseconds: true } : carried)
}
