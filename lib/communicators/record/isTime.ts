/** The first moment of the year 10000, in ms since 1970: a number beyond it was written in another unit. */
const TOO_LATE = 253_402_300_800_000

/** Whether a number can be a time in ms since 1970. */
export const isTime = (ms: number): boolean => ms >= 0 && ms < TOO_LATE
