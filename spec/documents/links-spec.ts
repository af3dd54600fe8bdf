import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './examples.js'

const markdown = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

const documents = [...markdown('.'), ...markdown('docs')]

const read = (document: string) => readFileSync(join(root, document), 'utf8')

const withoutCode = (text: string) => text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '')

const linksOf = (document: string): readonly string[] =>
  [...withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)

/** As GitHub names the headings of a page. */
const anchorsOf = (document: string): ReadonlySet<string> => {
  const seen = new Map<string, number>()
  const headings = read(document)
    .replaceAll(/^```[^]*?^```$/gm, '')
    .matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) => {
      const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
      const anchor = text.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    }),
  )
}

const isBroken = (document: string, link: string): boolean => {
  if (/^\w+:/.test(link)) return !URL.canParse(link)
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? document : relative(root, join(root, dirname(document), path))
  if (!existsSync(join(root, target)) || target.startsWith('..')) return true
  return anchor !== undefined && !(target.endsWith('.md') && anchorsOf(target).has(anchor))
}

test.each(documents)('each link of %s leads somewhere', (document) => {
  expect(linksOf(document).filter((link) => isBroken(document, link))).toEqual([])
})

test('a link to a missing file, a missing heading, or out of the repository is found', () => {
  expect(
    ['docs/none.md', '#none', 'docs/books.md#none', '../x', 'https://', 'docs/books.md#the-three-states', 'lib'].filter(
      (link) => isBroken('README.md', link),
    ),
  ).toEqual(['docs/none.md', '#none', 'docs/books.md#none', '../x', 'https://'])
})

test('the guides of the README, which are the pages of the site, are all that there are', () => {
  const [, guides = ''] = read('README.md').split('\n## Guides\n')
  expect(markdown('docs').filter((page) => !guides.includes(`](${page})`))).toEqual([])
})

test('each page of the site says its title, which is its heading, and where it belongs', () => {
  const wrong = markdown('docs').filter((page) => {
    const [, title, heading] =
      /^---\ntitle: (.+)\ngroup: (?:Guides|Coming from|Reference)\n---\n\n# (.+)\n/.exec(read(page)) ?? []
    return page !== 'docs/public-api.md' && (title === undefined || title !== heading)
  })
  expect(wrong).toEqual([])
})
