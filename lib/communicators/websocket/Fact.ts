import type { End } from './End.js'

/** What a connection tells whoever keeps it. */
export type Fact =
  | { readonly _tag: 'Opened' }
  /** Everything wanted was asked for and answered: once it is open, and again whenever more was asked for. */
  | { readonly _tag: 'Settled' }
  /** The first data came. */
  | { readonly _tag: 'Carrying' }
  /** The venue says that it will close this connection. */
  | { readonly _tag: 'ShuttingDown' }
  /** Nothing more comes. */
  | { readonly _tag: 'Ended'; readonly end: End }
