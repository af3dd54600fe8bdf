/** One level of an order book, as a line has it. */
export interface LevelLine {
  readonly isBid: boolean
  readonly price: string
  readonly quantity: string
}

/** Lines that follow each other and are of one message: its bids and asks as JSON, and where the first of them stands. */
export interface LevelGroup<H> {
  readonly head: H
  readonly bids: string
  readonly asks: string
  readonly offset: number
}

/** Makes a message of all lines that follow each other with one key. */
export const levelGroups = <H>(write: (group: LevelGroup<H>) => void) => {
  let open: { key: string; head: H; bids: string; asks: string; offset: number } | undefined

  const end = () => {
    if (open !== undefined) write({ ...open, bids: `[${open.bids}]`, asks: `[${open.asks}]` })
    open = undefined
  }
  return {
    add: (key: string, head: () => H, { isBid, price, quantity }: LevelLine, offset: number) => {
      if (open?.key !== key) {
        end()
        open = { key, head: head(), bids: '', asks: '', offset }
      }
      const side = isBid ? 'bids' : 'asks'
      open[side] += `${open[side] === '' ? '' : ','}["${price}","${quantity}"]`
    },
    end,
  }
}
