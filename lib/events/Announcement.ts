import type * as t from 'io-ts'
import { wire, type Wire } from '../codecs/wire.js'
import { AnnouncementText } from './AnnouncementText.js'

const codec = wire('Announcement', 'announcement', {
  en: ['en', AnnouncementText],
  zh: ['zh', AnnouncementText],
})

/** News of the venue in English and Chinese. */
export interface Announcement extends t.TypeOf<typeof codec> {}
export const Announcement: Wire<Announcement> = codec
