import { Observable, type Subscriber } from 'rxjs'

/** How listeners are told of an end: completed, or by an error. */
export type Finish = (listener: Pick<Subscriber<never>, 'complete' | 'error'>) => void

/** Those who listen to one thing, in the hottest place: what a Subject does, without what it does for every value. */
export interface Channel {
  /** Replaced where it changes, so that a value goes to those who listened when it came. */
  listeners: readonly Subscriber<unknown>[]
  /** What whoever comes later hears of. */
  end: Finish | undefined
}

export const listenTo = (channel: Channel): Observable<unknown> =>
  new Observable((subscriber) => {
    if (channel.end !== undefined) return channel.end(subscriber)
    channel.listeners = [...channel.listeners, subscriber]
    return () => {
      channel.listeners = channel.listeners.filter((other) => other !== subscriber)
    }
  })

export const emit = ({ listeners }: Channel, value: unknown): void => {
  for (const listener of listeners) listener.next(value)
}

export const endChannel = (channel: Channel, end: Finish): void => {
  const { listeners } = channel
  channel.end ??= end
  channel.listeners = []
  listeners.forEach(end)
}
