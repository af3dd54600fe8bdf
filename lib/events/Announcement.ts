import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { IdOrText } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const announcementTextCodec = wire('AnnouncementText', undefined, {
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
export interface AnnouncementText extends t.TypeOf<typeof announcementTextCodec> {}
export const AnnouncementText: Wire<AnnouncementText> = announcementTextCodec

const codec = wire('Announcement', 'announcement', {
  en: ['en', AnnouncementText],
  zh: ['zh', AnnouncementText],
})

/** News of the venue in English and Chinese. */
export interface Announcement extends t.TypeOf<typeof codec> {}
export const Announcement: Wire<Announcement> = codec
