import { readFileSync } from 'node:fs'
import { lastValueFrom, toArray } from 'rxjs'
import { wsTransport } from '../../lib/communicators/websocket/transport/wsTransport.js'

/** A whole program: connects to an address, with an authority of its own, and says what happened. */
const [url = '', authority = ''] = process.argv.slice(2)
const transport = wsTransport({ tls: { ca: readFileSync(authority, 'utf8') } })
void lastValueFrom(transport(url).event$.pipe(toArray())).then((events) => process.send?.(events))
