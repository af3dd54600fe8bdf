import { asterFutures, frame, parse } from 'aster-rx'

const read = parse(asterFutures)
const parsed = read(frame('{"stream":"btcusdt@trade","data":{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":61800.3}}', 0))

if (parsed._tag === 'Left') {
  const error = parsed.left
  switch (error._tag) {
    case 'InvalidEvent':
      console.log(error.kind, error.path, error.reason)
      break
    case 'UnknownStream':
    case 'Ambiguous':
    case 'NotJson':
      console.log(error._tag, error.text)
  }
}
