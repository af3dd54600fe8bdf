import type * as t from 'io-ts'
import { IdOrText } from '../codecs/Id.js'
import { Flag } from '../codecs/Flag.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const codec = wire('AnnouncementText', undefined, {
  id: ['i', IdOrText],
  title: ['t', Text],
  subtitle: ['s', Text],
  category: ['c', Text],
  time: ['d', Timestamp],
  isRead: ['S', Flag],
  link: ['j', Text],
  html: ['C', Text],
})

/** An announcement in one language. */
export interface AnnouncementText extends t.TypeOf<typeof codec> {}
export const AnnouncementText: Wire<AnnouncementText> = codec
