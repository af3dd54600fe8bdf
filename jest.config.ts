/** @jest-config-loader esbuild-register */
import type { Config } from 'jest'
import { compilerOptions } from './tsconfig.json'

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*-spec.ts'],
  randomize: true,
  setupFiles: ['<rootDir>/spec/helpers/quietNotices.ts'],
  setupFilesAfterEnv: ['<rootDir>/spec/helpers/equalLevels.ts'],
  maxWorkers: '100%',
  // No machine is so slow; what has to end sooner is measured in virtual time.
  testTimeout: 120_000,
  moduleNameMapper: {
    ...Object.fromEntries(
      Object.entries(compilerOptions.paths).map(([name, [source = '']]) => [
        `^${name}$`,
        source.replace('.', '<rootDir>'),
      ]),
    ),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      {
        tsconfig: {
          module: 'commonjs',
          moduleResolution: 'bundler',
          target: 'es2022',
          rootDir: '.',
          isolatedModules: true,
          esModuleInterop: true,
          types: ['node', 'jest'],
          ignoreDeprecations: '6.0',
        },
      },
    ],
  },
  // What draws runs in a browser, where nobody counts.
  collectCoverageFrom: ['lib/**/*.ts', '!lib/cli/dashboard/{*,panes/*}.ts'],
  // A little below what it is, so that a new line without a spec shows.
  coverageThreshold: { global: { statements: 99, branches: 96, functions: 96.5, lines: 99.5 } },
}

export default config
