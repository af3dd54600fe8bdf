import { asterFutures, createClient } from 'aster-rx'
import { frameOf, marbles } from 'aster-rx/testing'
import { filter, map } from 'rxjs'

const trade = (quantity: string) => frameOf(asterFutures, 'trade', { symbol: 'btcusdt' }, { quantity })

test(
  'large trades are told when they come',
  marbles(({ cold, expectObservable, scheduler }) => {
    const frames = cold('-s-l-s|', { s: trade('0.018'), l: trade('12.500') })
    const client = createClient({ venue: asterFutures, communicator: () => frames, scheduler })
    const large$ = client.stream('btcusdt@trade').pipe(
      map(({ quantity }) => quantity),
      filter((quantity) => Number(quantity) > 10),
    )
    expectObservable(large$).toBe('   ---l--|', { l: '12.500' })
    client.connect()
  }),
)
