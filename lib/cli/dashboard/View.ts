import type { Observable } from 'rxjs'
import type { Rest } from 'aster-rx/core'
import type { PageClient } from './connect.js'
import type { Market } from './market.js'
import type { Setup } from './Setup.js'
import type { LogLine } from './state/LogLine.js'
import type { Theme } from './theme.js'

/** What panes show, for as long as the page is open. */
export interface View {
  readonly setup: Setup
  readonly client: PageClient
  readonly rest: Rest
  /** The market that is looked at. */
  readonly market$: Observable<Market>
  readonly theme: Theme
  /** What was done to a simulated venue. */
  readonly acted$: Observable<LogLine>
}
