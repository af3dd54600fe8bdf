import { Clock } from '../../helpers/Clock.js'

/** A clock that stands at a time until it is moved. */
export const clockAt = (time: number): Clock => {
  const clock = new Clock()
  clock.frame = time
  return clock
}
