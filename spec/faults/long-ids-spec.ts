import { parse } from '../../lib/parser/parse.js'
import { frame } from '../../lib/Signal.js'
import { bingxSpot } from '../../lib/venues/bingxSpot.js'
import { bingxSpotFixtures } from '../fixtures/bingxSpot.js'

const report = bingxSpotFixtures.find(({ kind }) => kind === 'executionReport')?.text ?? ''

test.each(['1812112568701845504', '9007199254740993', '-9223372036854775808', '18446744073709551615'])(
  'F40 the id %s, sent as a bare number, comes digit for digit',
  (id) => {
    const parsed = parse(bingxSpot)(frame(report.replace(/"i":"\d+"/, `"i":${id}`), 0))
    expect(parsed).toMatchObject({ right: { kind: 'executionReport', event: { orderId: id } } })
  },
)
