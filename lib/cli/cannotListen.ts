/** Where a server was to listen. */
interface Wanted {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/** What is wrong with it, by what the system says. */
const reasons: Readonly<Record<string, (wanted: Wanted) => string>> = {
  EADDRINUSE: ({ port }) => `--port: expected a free one, came ${port}, which is in use: name another one, or none`,
  EACCES: ({ port }) => `--port: expected one that you may listen on, came ${port}: name another one, or none`,
  EADDRNOTAVAIL: ({ host }) => `--host: expected an address of this machine, came ${host}`,
  ENOTFOUND: ({ host }) => `--host: expected an address of this machine, came ${host}`,
  EAI_AGAIN: ({ host }) => `--host: expected an address of this machine, came ${host}`,
}

const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : undefined
}

/** Says by its option what keeps a server from listening; any other error is passed on. */
export const cannotListen =
  (wanted: Wanted) =>
  (error: unknown): never => {
    const reason = reasons[codeOf(error) ?? '']
    throw reason === undefined ? error : new Error(reason(wanted), { cause: error })
  }
