/** A trade as it is shown. Price and quantity are the venue's own texts, the time is in ms since 1970. */
export interface Print {
  readonly time: number
  readonly price: string
  readonly quantity: string
  /** The taker sold. */
  readonly isSale: boolean
}

/** The last trades, newest first, and how many there have been. */
export interface Tape {
  readonly prints: readonly Print[]
  readonly count: number
}

export const emptyTape: Tape = { prints: [], count: 0 }

/** So many trades are kept. */
export const TAPE = 60

export const withPrint = ({ prints, count }: Tape, print: Print): Tape => ({
  prints: [print, ...(prints.length < TAPE ? prints : prints.slice(0, TAPE - 1))],
  count: count + 1,
})
