/** Something that the venue has to say on one stream; the event is made when somebody listens. */
export interface Said {
  readonly stream: string
  readonly event: () => unknown
}
