/** How far something long is. */
export interface Progress {
  readonly bytes: number
  /** Of how many; `undefined` where nobody knows. */
  readonly total: number | undefined
  /** Of events, where somebody counts them. */
  readonly count?: number
  /** Ms since the beginning. */
  readonly elapsed: number
}

const BAR = 20
/** Below this share, and before this time, nobody can tell how long it will take. */
const TELLING = { share: 0.01, elapsed: 1_000 }

/** `1:02:03`, `2:03`, `0:03`. */
export const clockText = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const barText = (share: number) => {
  const done = Math.floor(share * BAR)
  return `[${'█'.repeat(done)}${'░'.repeat(BAR - done)}] ${String(Math.floor(share * 100)).padStart(3)} %`
}

/** `[██████████░░░░░░░░░░]  50 %  8,880 events  4,440/s  0:02 left`. */
export const progressText = ({ bytes, total, count, elapsed }: Progress): string => {
  const share = total === undefined ? undefined : Math.min(1, bytes / Math.max(1, total))
  const isTelling = share !== undefined && share >= TELLING.share && elapsed >= TELLING.elapsed
  return [
    ...(share === undefined ? [clockText(elapsed)] : [barText(share)]),
    ...(count === undefined ? [] : [`${count.toLocaleString('en')} events`]),
    ...(count === undefined || elapsed < TELLING.elapsed
      ? []
      : [`${Math.round((count / elapsed) * 1_000).toLocaleString('en')}/s`]),
    ...(isTelling ? [`${clockText((elapsed * (1 - share)) / share)} left`] : []),
  ].join('  ')
}
