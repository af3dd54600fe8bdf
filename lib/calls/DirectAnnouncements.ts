import type * as t from 'io-ts'
import { Id } from '../codecs/Id.js'
import { Integer } from '../codecs/Integer.js'
import { many } from '../codecs/many.js'
import { Text } from '../codecs/Text.js'
import { Timestamp } from '../codecs/Timestamp.js'
import { wire, type Wire } from '../codecs/wire.js'

const contentCodec = wire('AnnouncementContent', undefined, {
  /** The language of it: `en`, `zh`. `language` */
  language: ['language', Text],
  /** Its title. `title` */
  title: ['title', Text],
  /** What stands below the title. `subtitle` */
  subtitle: ['subtitle', Text],
  /** What it says. `content` */
  content: ['content', Text],
})

/** An announcement in one language. */
export interface AnnouncementContent extends t.TypeOf<typeof contentCodec> {}
export const AnnouncementContent: Wire<AnnouncementContent> = contentCodec

const announcementCodec = wire('DirectAnnouncement', undefined, {
  /** Its id. `id` */
  id: ['id', Id],
  /** What it says, in each language. `contents` */
  contents: ['contents', many(AnnouncementContent)],
  /** What kind of announcement it is: `MAINTENANCE`. `category` */
  category: ['category', Text],
  /** When it was published, ms since 1970 (UTC). `publishTime` */
  publishTime: ['publishTime', Timestamp],
  /** The page that tells more. `jumpLink` */
  link: ['jumpLink', Text],
})

/** An announcement to one account. */
export interface DirectAnnouncement extends t.TypeOf<typeof announcementCodec> {}
export const DirectAnnouncement: Wire<DirectAnnouncement> = announcementCodec

const pageCodec = wire('DirectAnnouncements', undefined, {
  /** How many there are on all pages. `total` */
  total: ['total', Integer],
  /** Those of this page. `rows` */
  announcements: ['rows', many(DirectAnnouncement)],
})

/** A page of announcements to one account. */
export interface DirectAnnouncements extends t.TypeOf<typeof pageCodec> {}
export const DirectAnnouncements: Wire<DirectAnnouncements> = pageCodec

const queryCodec = wire('PageQuery', undefined, {
  /** Which page: 1 by default. `page` */
  page: ['page?', Integer],
  /** How many on a page: 20 by default. `size` */
  size: ['size?', Integer],
})

/** Which page. */
export interface PageQuery extends t.TypeOf<typeof queryCodec> {}
export const PageQuery: Wire<PageQuery> = queryCodec
