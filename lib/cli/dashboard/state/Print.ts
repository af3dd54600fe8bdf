/** A trade as it is shown. Price and quantity are the venue's own texts, the time is in ms since 1970. */
export interface Print {
  readonly time: number
  readonly price: string
  readonly quantity: string
  /** The taker sold. */
  readonly isSale: boolean
}

/** So many trades are kept. */
export const PRINTS = 60
