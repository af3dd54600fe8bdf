import { Subscription } from 'rxjs'
import { emit, endChannel, listenTo, type Channel } from '../../lib/client/channel.js'

const newChannel = (): Channel => ({ listeners: [], end: undefined })

/** What a listener hears, as text. */
const heard = (channel: Channel, said: string[] = []) => {
  listenTo(channel).subscribe({
    next: (value) => said.push(String(value)),
    error: (error: unknown) => said.push(String(error)),
    complete: () => said.push('|'),
  })
  return said
}

test('everybody hears what comes while they listen', () => {
  const channel = newChannel()
  emit(channel, 0)
  const first = heard(channel)
  emit(channel, 1)
  const second = heard(channel)
  emit(channel, 2)
  expect([first, second]).toEqual([['1', '2'], ['2']])
})

test('who leaves or comes while a value is told does not change who hears it', () => {
  const channel = newChannel()
  const said: string[] = []
  const leaving = new Subscription()
  const late: string[] = []
  listenTo(channel).subscribe((value) => {
    said.push(`a${String(value)}`)
    leaving.unsubscribe()
    if (late.length === 0) heard(channel, late)
  })
  leaving.add(listenTo(channel).subscribe((value) => said.push(`b${String(value)}`)))
  listenTo(channel).subscribe((value) => said.push(`c${String(value)}`))
  emit(channel, 1)
  expect([said, late]).toEqual([['a1', 'c1'], []])
  emit(channel, 2)
  expect(late).toContain('2')
})

test('who comes after the end hears of it, and of the first one only', () => {
  const channel = newChannel()
  const before = heard(channel)
  endChannel(channel, (listener) => listener.error('broken'))
  endChannel(channel, (listener) => listener.complete())
  emit(channel, 1)
  expect([before, heard(channel), channel.listeners]).toEqual([['broken'], ['broken'], []])
})
