import type * as t from 'io-ts'
import { Flag } from '../codecs/Flag.js'
import { IdOrText } from '../codecs/Id.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const announcementTextCodec = wire('AnnouncementText', undefined, {
  /** What the announcement is known by. `i` */
  id: ['i', IdOrText],
  /** Its title. `t` */
  title: ['t', Text],
  /** Its subtitle. `s` */
  subtitle: ['s', Text],
  /** What it is about, in the venue's words. `c` */
  category: ['c', Text],
  /** When it was published, ms since 1970 (UTC). `d` */
  time: ['d', Timestamp],
  /** The account has seen it. `S` */
  isRead: ['S', Flag],
  /** Its address. `j` */
  link: ['j', Text],
  /** Its whole text as HTML. `C` */
  html: ['C', Text],
})

/** An announcement in one language. */
export interface AnnouncementText extends t.TypeOf<typeof announcementTextCodec> {}
export const AnnouncementText: Wire<AnnouncementText> = announcementTextCodec

const codec = wire('Announcement', 'announcement', {
  /** The announcement in English. `en` */
  en: ['en', AnnouncementText],
  /** The announcement in Chinese. `zh` */
  zh: ['zh', AnnouncementText],
})

/** News of the venue in English and Chinese. */
export interface Announcement extends t.TypeOf<typeof codec> {}
export const Announcement: Wire<Announcement> = codec
