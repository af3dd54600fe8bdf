import rxjs from 'eslint-plugin-rxjs-x'
import tseslint from 'typescript-eslint'

const pure = [
  ...['lib/timing', 'lib/codecs', 'lib/events', 'lib/calls', 'lib/venues', 'lib/parser', 'lib/book', 'lib/operators'],
  ...['lib/simulation/market', 'lib/simulation/exchange', 'lib/simulation/venues'],
]

const clocks = ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process'].map(
  (name) => ({ name, message: 'Time enters once, at the frame: take a scheduler, or the time of the frame.' }),
)

/** What waits so long as it is told, and not at all beyond 2^31 - 1 ms. */
const waits = {
  name: 'rxjs',
  importNames: ['timer', 'timeout', 'timeoutWith', 'delay', 'auditTime', 'debounceTime', 'throttleTime', 'sampleTime'],
  message: 'No timer waits longer than 2^31 - 1 ms: take after, wait or within of lib/timing.',
}

const seeds = { name: '@fast-check/jest', message: 'Take spec/property.ts, whose cases are the same in every run.' }

export default tseslint.config(
  { files: ['lib/**/*.ts'], rules: { 'no-restricted-imports': ['error', { paths: [waits] }] } },
  {
    files: ['spec/**/*.ts'],
    ignores: ['spec/property.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [seeds] }] },
  },
  { ignores: ['dist', 'coverage', 'docs/api', 'node_modules'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked, rxjs.configs.recommended] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A value and its type share one name, and an event's type is a named interface: so a hover says `Trade`.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends', allowWithName: '.*' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-console': 'error',
    },
  },
  {
    files: pure.map((folder) => `${folder}/**/*.ts`),
    rules: {
      'no-restricted-globals': ['error', ...clocks],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a source of chance from the config.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [waits], patterns: [{ group: ['node:*', 'ws'], message: 'Pure folders import no Node module.' }] },
      ],
    },
  },
  { files: ['lib/timing/realTime.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > VariableDeclaration > VariableDeclarator > :matches(ObjectPattern, ArrayPattern)',
          message:
            'What a module takes apart as it is loaded, no bundler can drop: name the members where they are used.',
        },
      ],
    },
  },
  {
    // The places that make source from a table, with decode itself as the fallback.
    files: ['lib/codecs/compile*.ts'],
    rules: { '@typescript-eslint/no-implied-eval': 'off' },
  },
  // Where the library says what nobody listened to.
  { files: ['lib/client/notices.ts', 'spec/helpers/quietNotices.ts'], rules: { 'no-console': 'off' } },
  { files: ['samples/**', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
)
