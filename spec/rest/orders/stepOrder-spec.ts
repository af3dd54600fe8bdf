import { compareDecimals } from '../../../lib/codecs/compareDecimals.js'
import { isFinalOrder, type OrderState } from '../../../lib/rest/orders/OrderState.js'
import { isFinalStatus, stepOrder, type OrderInput, type OrderOutput } from '../../../lib/rest/orders/stepOrder.js'
import type { OrderReport } from '../../../lib/venues/OrderReport.js'
import { fc, test as property } from '../../property.js'

const pending = { _tag: 'Pending', symbol: 'BTCUSDT', clientOrderId: 'mine' } as const

const report = (of: Partial<OrderReport> = {}): OrderReport => ({
  symbol: 'BTCUSDT',
  orderId: 7,
  clientOrderId: 'mine',
  side: 'BUY',
  orderType: 'LIMIT',
  status: 'NEW',
  quantity: '10',
  price: '100',
  filledQuantity: '0',
  ...of,
})
const reported = (of: Partial<OrderReport> = {}): OrderInput => ({ _tag: 'Reported', report: report(of) })

/** The states that were emitted, and the last one. */
const run = (inputs: readonly OrderInput[]) => {
  let state: OrderState = pending
  const outputs: OrderOutput[] = []
  for (const input of inputs) {
    const [next, more] = stepOrder(state, input)
    state = next
    outputs.push(...more)
  }
  const emitted = outputs.flatMap((output) => (output._tag === 'Emit' ? [output.state] : []))
  return { state, outputs, emitted, shown: emitted.map(shownOf) }
}
const shownOf = (state: OrderState): string =>
  'filledQuantity' in state ? `${state._tag} ${state.filledQuantity}` : state._tag

test('an order that is placed, filled in parts, and filled', () => {
  const { shown, outputs } = run([
    reported(),
    reported({ status: 'PARTIALLY_FILLED', filledQuantity: '4', transactionTime: 2 }),
    reported({ status: 'FILLED', filledQuantity: '10', transactionTime: 3 }),
  ])
  expect(shown).toEqual(['Open 0', 'Open 4', 'Filled 10'])
  expect(outputs.at(-1)).toEqual({ _tag: 'Complete' })
})

test('a state says what the venue said, digit for digit', () => {
  const { state } = run([
    reported({
      filledQuantity: '0.50',
      filledQuote: '50.0',
      averagePrice: '100.00',
      transactionTime: 5,
      status: 'EXPIRED',
    }),
  ])
  expect(state).toEqual({
    _tag: 'Expired',
    symbol: 'BTCUSDT',
    clientOrderId: 'mine',
    orderId: 7,
    status: 'EXPIRED',
    quantity: '10',
    price: '100',
    filledQuantity: '0.50',
    filledQuote: '50.0',
    averagePrice: '100.00',
    transactionTime: 5,
  })
})

test('the answer that it is new comes after the report that it traded', () => {
  const { shown } = run([reported({ status: 'PARTIALLY_FILLED', filledQuantity: '4' }), reported(), reported()])
  expect(shown).toEqual(['Open 4'])
})

test('the same in other digits is the same', () => {
  const traded = { status: 'PARTIALLY_FILLED', filledQuantity: '4' } as const
  expect(run([reported(traded), reported({ ...traded, filledQuantity: '4.000' })]).shown).toEqual(['Open 4'])
})

test('a cancelling that knows less of trades takes none away', () => {
  const { shown } = run([
    reported({ status: 'PARTIALLY_FILLED', filledQuantity: '4', filledQuote: '400' }),
    reported({ status: 'CANCELED', filledQuantity: '0' }),
  ])
  expect(shown).toEqual(['Open 4', 'Canceled 4'])
})

test('another price and quantity are believed by their time, whatever traded', () => {
  const { state } = run([
    reported({ transactionTime: 1 }),
    reported({ price: '99', quantity: '12', transactionTime: 3 }),
    reported({ status: 'PARTIALLY_FILLED', filledQuantity: '1', transactionTime: 2 }),
  ])
  expect(state).toMatchObject({ price: '99', quantity: '12', filledQuantity: '1', status: 'PARTIALLY_FILLED' })
})

test('a refusal is the end of what the venue has not told of, and of nothing else', () => {
  const refusal = { _tag: 'Refused', reason: 'insufficient', text: 'no' } as const
  expect(run([{ _tag: 'Refused', refusal }, reported()])).toMatchObject({
    state: { _tag: 'Rejected', refusal },
    shown: ['Rejected'],
  })
  expect(run([reported(), { _tag: 'Refused', refusal }]).shown).toEqual(['Open 0'])
})

test('what the venue rejects by a report, before it was open and after', () => {
  expect(run([reported({ status: 'REJECTED' })]).state).toEqual({ ...pending, _tag: 'Rejected', orderId: 7 })
  expect(run([reported(), reported({ status: 'FAILED' })]).shown).toEqual(['Open 0', 'Canceled 0'])
})

test.each(['Missed', 'Quiet'] as const)('%s: the venue is asked while it may still change', (_tag) => {
  expect(run([{ _tag }]).outputs).toEqual([{ _tag: 'Ask' }])
  expect(run([reported(), { _tag }]).outputs.at(-1)).toEqual({ _tag: 'Ask' })
  expect(run([reported({ status: 'FILLED' }), { _tag }]).outputs.at(-1)).toEqual({ _tag: 'Complete' })
})

test.each(['PENDING', 'NEW_INSURANCE', 'toString', 'constructor', 'SOMETHING_NEW'])('%s may still change', (status) => {
  expect(isFinalStatus(status)).toBe(false)
  expect(run([reported({ status })]).state._tag).toBe('Open')
})

/** What a venue says of one order: what trades, and how it ends, each with its time. */
const told = fc
  .record({
    steps: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }),
    end: fc.constantFrom('FILLED', 'CANCELED', 'EXPIRED', undefined),
    isTimed: fc.boolean(),
  })
  .map(({ steps, end, isTimed }): readonly OrderReport[] => {
    const time = (transactionTime: number) => isTimed && { transactionTime }
    const sums = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, one) => sum + one, 0))
    const quantity = String((sums.at(-1) ?? 0) + (end === 'FILLED' && sums.length > 0 ? 0 : 1))
    const trades = sums.map((sum, i) =>
      report({ quantity, status: 'PARTIALLY_FILLED', filledQuantity: String(sum), ...time(i + 2) }),
    )
    const last = String(sums.at(-1) ?? 0)
    const ending = end === undefined ? [] : [report({ quantity, status: end, filledQuantity: last, ...time(99) })]
    return [report({ quantity, ...time(1) }), ...trades, ...ending]
  })

/** The same reports, some of them twice, in any order, with losses and refusals between. */
const heard = told.chain((reports) =>
  fc
    .tuple(
      fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }),
      fc.array(fc.constantFrom<OrderInput['_tag']>('Missed', 'Quiet'), { maxLength: 3 }),
    )
    .map(([shuffled, others]) => ({
      reports,
      inputs: [...shuffled.map((one): OrderInput => ({ _tag: 'Reported', report: one })), ...others.map(tagged)],
    })),
)
const tagged = (tag: OrderInput['_tag']): OrderInput => (tag === 'Missed' ? { _tag: 'Missed' } : { _tag: 'Quiet' })

const ranks = { Pending: 0, Open: 1, Filled: 2, Canceled: 2, Expired: 2, Rejected: 2 }
const filledOf = (state: OrderState): string => ('filledQuantity' in state ? state.filledQuantity : '0')

property.prop([heard])('never goes backwards, in any order and however often it is told', ({ inputs }) => {
  const { emitted } = run(inputs)
  emitted.reduce<OrderState>((before, state) => {
    expect(ranks[state._tag]).toBeGreaterThanOrEqual(ranks[before._tag])
    expect(compareDecimals(filledOf(state), filledOf(before))).toBeGreaterThanOrEqual(0)
    return state
  }, pending)
})

property.prop([heard])('final is final: nothing is said after it, and nothing is asked', ({ inputs }) => {
  const { outputs } = run(inputs)
  const end = outputs.findIndex(({ _tag }) => _tag === 'Complete')
  if (end >= 0) expect(outputs.slice(end + 1)).toEqual([])
  expect(outputs.filter(({ _tag }) => _tag === 'Complete').length).toBeLessThanOrEqual(1)
})

property.prop([heard])('whatever is told twice changes nothing the second time', ({ inputs }) => {
  let state: OrderState = pending
  for (const input of inputs) {
    if (input._tag !== 'Reported') continue
    const [once] = stepOrder(state, input)
    const [twice, outputs] = stepOrder(once, input)
    expect([twice, outputs]).toEqual([once, []])
    state = once
  }
})

property.prop([heard])('the end is the one that the venue told, in whatever order', ({ reports, inputs }) => {
  const ended = reports.find(({ status }) => isFinalStatus(status))
  const { state } = run(inputs)
  const most = reports.reduce((sum, { filledQuantity }) => Math.max(sum, Number(filledQuantity)), 0)
  if (ended === undefined) {
    expect(state._tag).toBe('Open')
    expect(Number(filledOf(state))).toBe(most)
  } else {
    expect(isFinalOrder(state)).toBe(true)
    expect('status' in state && state.status).toBe(ended.status)
    expect(Number(filledOf(state))).toBe(most)
  }
})
