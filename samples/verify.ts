import { asterFutures, reportText, verify } from 'aster-rx'

verify({ venue: asterFutures, files: 'samples/recordings/asterFutures-btcusdt.txt.gz' }).subscribe((report) =>
  console.log(reportText(report)),
)
