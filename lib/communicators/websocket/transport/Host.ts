import type { ObservableInput } from 'rxjs'
import type { Transport } from './Transport.js'

/** What live connections take of the host that the library runs on; `Own` are the options that only this host knows. */
export interface Host<Own extends object> {
  /** Makes the sockets where the config has no transport. */
  readonly transport: (config: Own | undefined) => Transport
  readonly gunzip: Gunzip
}

/**
 * The text of a whole gzip. Errors where it is none, or not whole, and with a `RangeError` where it would be more than
 * `most` bytes.
 */
export type Gunzip = (bytes: Uint8Array, most: number) => ObservableInput<string>
