import { readFileSync } from 'node:fs'
import { Converter, ReflectionKind } from 'typedoc'

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

const { homepage } = JSON.parse(read('package.json'))
const { compilerOptions } = JSON.parse(read('tsconfig.json'))

/** In the order of the README; the list of the API is the site itself. */
const [, guides] = read('README.md').split('\n## Guides\n')
const pages = [...guides.matchAll(/\]\((docs\/[\w-]+\.md)\)/g)]
  .map(([, page]) => page)
  .filter((page) => !page.endsWith('-api.md'))

/** A codec and the type of what it reads have one name and one description, which stands with the type. */
const describeCodecs = (project) => {
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
    const type = variable.parent?.children?.find(({ name, kind }) => name === variable.name && kind !== variable.kind)
    if (!variable.hasComment() && type?.comment !== undefined) variable.comment = type.comment.clone()
  }
}

/** What a page quotes as code, and the package exports, leads to its own page. */
const linkNames = (project) => {
  const exported = new Map()
  for (const { children = [] } of project.getReflectionsByKind(ReflectionKind.Module))
    for (const one of children) if (!exported.has(one.name)) exported.set(one.name, one)
  for (const { content } of project.getReflectionsByKind(ReflectionKind.Document))
    content.forEach(({ kind, text }, i) => {
      const target = kind === 'code' ? exported.get(text.slice(1, -1)) : undefined
      if (target !== undefined) content[i] = { kind: 'inline-tag', tag: '@linkcode', text: target.name, target }
    })
}

/** Every exported name says what it is, and every member of a type, the fields of events among them. */
const missDescriptions = (project, logger) => {
  for (const one of Object.values(project.reflections)) {
    const isExported = one.parent?.kindOf(ReflectionKind.Module | ReflectionKind.ClassOrInterface)
    // A tag says nothing but which of several types this is, and what others wrote they describe.
    const isOther = one.isReference() || one.kindOf(ReflectionKind.Constructor) || one.flags.isExternal
    if (!isExported || !one.isDeclaration() || one.name === '_tag' || isOther) continue
    const isDescribed = [one, ...(one.signatures ?? []), one.getSignature].some((each) => each?.hasComment())
    if (!isDescribed) logger.validationWarning(`${one.getFullName()} has no description`)
  }
}

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'aster-rx',
  entryPoints: Object.values(compilerOptions.paths).flat(),
  tsconfig: 'tsconfig.build.json',
  compilerOptions: { declaration: false, declarationMap: false },
  out: 'docs/api',
  sourceLinkTemplate: `${homepage.replace('#readme', '')}/blob/main/{path}#L{line}`,
  disableGit: true,
  readme: 'README.md',
  projectDocuments: pages,
  plugin: [
    ({ converter, logger }) => {
      converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
        describeCodecs(project)
        linkNames(project)
      })
      converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => missDescriptions(project, logger))
    },
  ],
  groupOrder: ['Guides', 'Coming from', 'Reference', '*'],
  navigation: { includeGroups: true },
  searchInComments: true,
  searchInDocuments: true,
  highlightLanguages: ['typescript', 'javascript', 'bash', 'json', 'html', 'csharp', 'python'],
  excludePrivate: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
  // Which types have no name for users is in the report of the API; what is described, `missDescriptions` knows better.
  validation: { notExported: false, notDocumented: false, invalidLink: true, invalidPath: true, rewrittenLink: true },
}
