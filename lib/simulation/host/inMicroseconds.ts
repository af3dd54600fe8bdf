/** A bare number of 13 digits from 1 or 2 on: a time of this century in ms, since no id of the market is as large. */
const TIME = /(?<=[:,[])([12]\d{12})(?=[,}\]])/g

/** The same JSON with its times in microseconds. */
export const inMicroseconds = (json: string): string => json.replace(TIME, '$1000')
