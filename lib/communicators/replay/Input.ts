/** Where bytes are read. */
export interface Input {
  /** Bytes come once, when somebody writes them. */
  readonly isPipe: boolean
  /** Of the whole file, in bytes; `undefined` where only its end will tell. */
  readonly size: number | undefined
  /**
   * Bytes that stand at `position`, at least one and at most `most`; none at the end. They are valid until the next
   * call. Throws where it cannot be read. A pipe remembers its last 4 MiB.
   */
  readonly read: (position: number, most: number) => Promise<Buffer>
  readonly close: () => Promise<void>
}
