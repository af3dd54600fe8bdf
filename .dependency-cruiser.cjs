const { builtinModules } = require('node:module')

/** Imports point one way: Signal <- codecs <- events <- venues <- parser <- book <- operators <- client. */
const layers = [
  'timing',
  'codecs',
  'events',
  'calls',
  'venues',
  'parser',
  'book',
  'operators',
  'client',
  'verify',
  'metrics',
  'nats',
  'simulation',
  'testing',
]

/** In a simulation: a market knows no accounts, fills neither, an exchange no venue, a venue's behaviour no sockets and no clock. */
const simulation = ['market', 'fills', 'exchange', 'venues', 'recorded', 'host'].map((name) => `simulation/${name}`)

const folder = (names) => `^lib/(${names.join('|')})/`

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...layers.slice(0, -1).map((layer, i) => ({
      name: `${layer}-looks-down-only`,
      severity: 'error',
      from: { path: folder([layer]) },
      to: {
        path: folder([
          ...layers.slice(i + 1),
          ...(['client', 'verify', 'metrics', 'nats', 'simulation'].includes(layer) ? [] : ['communicators', 'rest']),
        ]),
      },
    })),
    ...simulation.slice(0, -1).map((layer, i) => ({
      name: `${layer.replace('/', '-')}-looks-down-only`,
      severity: 'error',
      from: { path: folder([layer]) },
      to: {
        path: folder([
          ...simulation.slice(i + 1),
          ...(layer === 'simulation/recorded' ? [] : ['communicators', 'rest', 'client']),
        ]),
      },
    })),
    {
      name: 'a-venue-knows-no-relay',
      severity: 'error',
      from: { path: folder(simulation) },
      to: { path: '^lib/simulation/relay/' },
    },
    {
      name: 'the-outside-knows-the-venue-only',
      severity: 'error',
      from: { path: folder(['communicators', 'rest']) },
      to: { path: folder(['parser', 'book', 'client', 'verify', 'metrics', 'nats', 'simulation', 'testing']) },
    },
    {
      name: 'only-accounts-use-operators',
      severity: 'error',
      from: { path: folder(['communicators', 'rest']), pathNot: '^lib/communicators/account/' },
      to: { path: folder(['operators']) },
    },
    { name: 'signal-is-the-root', severity: 'error', from: { path: '^lib/Signal' }, to: { path: '^lib/' } },
    {
      name: 'nobody-knows-the-face',
      severity: 'error',
      from: { path: '^lib/(?!testing|simulation|cli)', pathNot: '^lib/index' },
      to: { path: '^lib/(index|core)\\.' },
    },
    {
      name: 'core-needs-nothing-of-node',
      severity: 'error',
      from: { path: '^lib/core\\.ts$' },
      to: { path: `^(node:)?(${builtinModules.join('|')})$|node_modules/(@types/)?(node|ws)/`, reachable: true },
    },
    { name: 'nobody-knows-the-program', severity: 'error', from: { pathNot: '^lib/cli/' }, to: { path: '^lib/cli/' } },
    {
      name: 'the-program-knows-entries-only',
      severity: 'error',
      from: { path: '^lib/cli/' },
      to: { path: '^lib/', pathNot: '^lib/(cli/|index|core|simulation/index|nats/index)' },
    },
    {
      name: 'the-page-needs-nothing-of-node',
      severity: 'error',
      from: { path: '^lib/cli/dashboard/page' },
      to: { path: `^(node:)?(${builtinModules.join('|')})$|node_modules/(@types/)?(node|ws)/`, reachable: true },
    },
    {
      name: 'files-only-in-replay-and-record',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(communicators/(replay|record)|cli/)' },
      to: { path: '^(node:)?fs' },
    },
    {
      name: 'the-broker-only-in-nats',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(nats/|cli/broker)' },
      to: { path: 'node_modules/@nats-io/' },
    },
    {
      name: 'sockets-only-in-transport',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(communicators/websocket/transport|simulation/host)/' },
      to: { path: 'node_modules/ws/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: '^(dist|coverage)',
  },
}
