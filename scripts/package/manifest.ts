import { entries, program } from './entries.js'

/** What package.json has to say of the entries. `module-sync` gives `require` and `import` the same modules in Node. */
export const manifest = {
  main: './dist/cjs/index.js',
  module: './dist/esm/index.js',
  types: './dist/cjs/index.d.ts',
  bin: { [program.name]: program.path },
  exports: {
    ...Object.fromEntries(
      entries.map(({ name, file }) => [
        name.replace('aster-rx', '.'),
        {
          'module-sync': `./dist/esm/${file}.js`,
          import: `./dist/esm/${file}.js`,
          require: `./dist/cjs/${file}.js`,
        },
      ]),
    ),
    './package.json': './package.json',
  },
  typesVersions: {
    '*': Object.fromEntries(
      entries.flatMap(({ file }) => (file === 'index' ? [] : [[file, [`./dist/cjs/${file}.d.ts`]]])),
    ),
  },
}
