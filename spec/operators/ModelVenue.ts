import { Subject } from 'rxjs'
import type { Level } from '../../lib/codecs/Levels.js'
import type { DepthSnapshot } from '../../lib/events/DepthSnapshot.js'
import type { DepthUpdate } from '../../lib/events/DepthUpdate.js'

/** How a venue counts: without holes; with holes, and a link; or without holes and with a link. */
export type Numbering = 'contiguous' | 'linked' | 'both'

type Sides = { readonly bids: readonly Level[]; readonly asks: readonly Level[] }

/** A venue with a random book that it knows the plain way, and a bad line to its listener. */
export class ModelVenue {
  readonly delivered$ = new Subject<DepthUpdate>()
  readonly #random: () => number
  readonly #numbering: Numbering
  readonly #levels = { bids: new Map<number, string>(), asks: new Map<number, string>() }
  readonly #truth = new Map<DepthUpdate, Sides>()
  readonly #byId = new Map<number, readonly Sides[]>()
  #history: DepthSnapshot[] = []
  #line: DepthUpdate[] = []
  #sent: DepthUpdate[] = []
  #lastId = 10_000_000
  #life = 0
  #time = 0
  #middle = 50

  /** `random` gives whole numbers below its argument. */
  constructor(numbering: Numbering, random: (below: number) => number) {
    this.#numbering = numbering
    this.#random = () => random(1_000_000)
    this.#change()
    this.#remember()
  }

  /** The market moves, and an update goes onto the line. */
  produce(): DepthUpdate {
    const { bids, asks } = this.#change()
    const before = this.#lastId
    const first = before + 1 + (this.#numbering === 'linked' ? this.#below(5) : 0)
    this.#lastId = first + this.#below(4)
    const update: DepthUpdate = {
      symbol: 'BTCUSDT',
      eventTime: (this.#time += 1000),
      firstUpdateId: first,
      lastUpdateId: this.#lastId,
      ...(this.#numbering !== 'contiguous' && { previousUpdateId: before }),
      bids,
      asks,
    }
    this.#remember()
    this.#truth.set(update, this.sides())
    this.#line.push(update)
    return update
  }

  /** What is on the line arrives. */
  deliver(): void {
    const arriving = this.#line
    this.#line = []
    for (const update of arriving) {
      this.#sent.push(update)
      this.delivered$.next(update)
    }
  }

  /** What is on the line is lost. */
  lose(): void {
    this.#line = []
  }

  /** What is on the line overtakes itself. */
  reverse(): void {
    this.#line.reverse()
  }

  /** One of the last updates arrives once more. */
  repeat(ago: number): void {
    const update = this.#sent.at(-1 - ago)
    if (update !== undefined) this.delivered$.next(update)
  }

  /** The ids begin anew, below all that were. */
  restart(): void {
    this.#life += 10_000
    this.#lastId = 10_000_000 - this.#life
    this.#history = []
    this.#remember()
  }

  /** The book as REST says it, `ago` changes late, as from a cache. */
  snapshot(ago: number): DepthSnapshot {
    return this.#history.at(-1 - Math.min(ago, this.#history.length - 1)) ?? { lastUpdateId: NaN, bids: [], asks: [] }
  }

  /** The book right after an update. */
  after(update: DepthUpdate): Sides | undefined {
    return this.#truth.get(update)
  }

  /** The books that had this id: ids may begin anew. */
  at(lastUpdateId: number): readonly Sides[] {
    return this.#byId.get(lastUpdateId) ?? []
  }

  sides(): Sides {
    const sorted = (side: 'bids' | 'asks', sign: number): readonly Level[] =>
      [...this.#levels[side]].sort(([a], [b]) => sign * (a - b)).map(([price, quantity]) => [text(price), quantity])
    return { bids: sorted('bids', -1), asks: sorted('asks', 1) }
  }

  #below(limit: number): number {
    return this.#random() % limit
  }

  /** Some levels change; where the middle moves, what is on its wrong side goes. */
  #change(): Sides {
    const bids: Level[] = []
    const asks: Level[] = []
    const set = (side: 'bids' | 'asks', price: number, quantity: number) => {
      const level = quantity === 0 ? '0.00' : `${quantity}.5`
      if (quantity === 0) this.#levels[side].delete(price)
      else this.#levels[side].set(price, level)
      ;(side === 'bids' ? bids : asks).push([text(price), level])
    }
    this.#middle = Math.min(90, Math.max(10, this.#middle + this.#below(7) - 3))
    for (const price of this.#levels.bids.keys()) if (price >= this.#middle) set('bids', price, 0)
    for (const price of this.#levels.asks.keys()) if (price <= this.#middle) set('asks', price, 0)
    for (let left = this.#below(5); left > 0; left--) {
      const away = 1 + this.#below(9)
      set('bids', this.#middle - away, this.#below(4))
      set('asks', this.#middle + away, this.#below(4))
    }
    set('bids', this.#middle - 1, 1)
    set('asks', this.#middle + 1, 1)
    return { bids, asks }
  }

  #remember(): void {
    const sides = this.sides()
    this.#history.push({ lastUpdateId: this.#lastId, ...sides })
    this.#byId.set(this.#lastId, [...this.at(this.#lastId), sides])
  }
}

const text = (price: number) => (price / 10).toFixed(2)
