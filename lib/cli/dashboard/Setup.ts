/** Something that can be done to a simulated venue. */
export interface Control {
  /** `POST /control/NAME` does it. */
  readonly name: string
  /** The key that does it. */
  readonly key: string
  readonly label: string
  readonly says: string
}

/** What the page asks for first: `GET /setup.json`. */
export interface Setup {
  readonly venue: string
  readonly symbols: readonly string[]
  /** Where what is shown comes from. */
  readonly source: 'live' | 'recorded' | 'simulated'
  /** The path of the WebSocket endpoint, on the server of the page. */
  readonly path: string
  /** The stream of trades that there is. */
  readonly trades: 'trade' | 'aggTrade'
  /** The stream that books are made of, `<symbol>@depth@100ms`, where it is another one than the venue's. */
  readonly bookStream?: string
  /** There is an account whose streams can be followed. */
  readonly hasAccount: boolean
  readonly controls: readonly Control[]
}
