import type { Invariant, Proof, Row } from './Row.js'

const ws = 'lib/communicators/websocket'
const replay = 'spec/communicators/replayCommunicator'
const inMemory = 'spec/communicators/websocket'
const overSockets = 'spec/faults'

/** A line of connections on a venue in memory, in virtual time. */
const line: readonly Invariant[] = ['I3', 'I4', 'I6', 'I8']
/** A client on the simulated venue, over real sockets. */
const client: readonly Invariant[] = ['I1', 'I2', 'I3', 'I4', 'I6', 'I8']
/** An account on a venue in memory, in virtual time. */
const account: readonly Invariant[] = ['I3', 'I4', 'I5', 'I6', 'I8']

type Taken = readonly [file: string, code: string, instead: string]

const proof = (spec: string, test: string, invariants: readonly Invariant[], [file, code, instead]: Taken): Proof => ({
  spec: `${spec}-spec.ts`,
  test,
  invariants,
  without: { file: `${file}.ts`, code, instead },
})

const errorsOfSockets: Taken = [
  `${ws}/transport/wsTransport`,
  "socket.on('error', (error) => end(failure(error, url)))",
  '',
]
const watchdog: Taken = [`${ws}/vigil`, 'if (now - dataAt < allowance) {', 'if (now >= 0) {']
const secondLook: Taken = [
  `${ws}/vigil`,
  'return [{ ...vigil, suspectedAt: now }, undefined]',
  "return [vigil, { _tag: 'GiveUp', reason: 'no data' }]",
]
const pongs: Taken = [`${ws}/vigil`, 'return vigil.unanswered >= missedPongs', 'return vigil.unanswered === Infinity']
const shutdown: Taken = [`${ws}/openConnection`, "if (read.isShutdown) report({ _tag: 'ShuttingDown' })", '']
const missed: Taken = [
  `${ws}/openConnection`,
  'if (pending !== undefined && now >= pending.sentAt + acknowledgeTimeout) subscriptions = miss(subscriptions)',
  '',
]
const surplus: Taken = [
  `${ws}/subscribing`,
  'const surplus = [...held].filter((name) => !wanted.has(name))',
  'const surplus: string[] = []',
]
const stale: Taken = [
  'lib/book/depthSequence',
  'if (update.lastUpdateId <= state.local) return fallBehind(rule, state, update, state.eventTime)',
  '',
]
const gaps: Taken = [
  'lib/book/depthSequence',
  'return rule.next(update, state.local) ? [following(update), applied] : [collecting([update]), gap]',
  'return [following(update), applied]',
]
const tooOld: Taken = [
  'lib/book/depthSequence',
  'if (first !== undefined && !joins.first(first, lastUpdateId)) return [state, rejected]',
  '',
]
const failedSnapshots: Taken = ['lib/operators/syncDepth', "else resync('snapshot failed')", '']
const crossed: Taken = ['lib/operators/syncDepth', 'if (live.isCrossed) {', 'if (live.isCrossed && attempt < 0) {']
const repeats: Taken = ['lib/client/dispatcher', 'ofStream.admission.admit(message, source)', '[message]']
const timersOfConnections: Taken = [`${ws}/connection`, 'subscriber.add(timer.stop)', '']
const goodbye: Taken = [`${ws}/transport/wsTransport`, '  socket.terminate()\n', '']
const largest: Taken = [`${ws}/transport/wsTransport`, '      maxPayload,\n', '      maxPayload: 0,\n']
const heldBack: Taken = [
  'lib/communicators/account/stepHolding',
  'if (loss === undefined) return [{ ...holding, heardAt',
  'if (held >= 0) return [{ ...holding, heardAt',
]

/** Every fault, what must happen instead, and the specs that show it. */
export const rows: readonly Row[] = [
  {
    id: 'F01',
    fault: 'connection refused, name not found, 100 times',
    must: 'exponential backoff with jitter, kept at the cap, without a limit; a status for each attempt; reset only after a stable spell',
    proofs: [
      proof(
        `${inMemory}/connecting`,
        'F01 refused a hundred times: backoff to the cap and on, a status for each attempt',
        line,
        [`${ws}/reconnectDelay`, 'delay * 2 ** (attempt - 1) * (end.isSlow ? SLOW_FACTOR : 1)', 'delay'],
      ),
      proof(
        `${inMemory}/reconnectDelay`,
        'chance makes it shorter by up to a half',
        ['I3'],
        [`${ws}/reconnectDelay`, 'whole * (1 - random() / 2)', 'whole'],
      ),
      proof(`${inMemory}/connecting`, 'the delay starts anew only after a stable spell', line, [
        `${ws}/stepLine`,
        'openedAt !== undefined && now - openedAt >= policy.stableAfter',
        'openedAt !== undefined && now >= policy.delay',
      ]),
      proof(
        `${inMemory}/transport/wsTransport`,
        'F01 a refused connection, a name that is not found',
        ['I3', 'I5'],
        errorsOfSockets,
      ),
    ],
  },
  {
    id: 'F02',
    fault: 'handshake never answers',
    must: 'connect timeout, then as F01; unsubscribing meanwhile leaves nothing',
    proofs: [
      proof(`${inMemory}/connecting`, 'F02 a handshake that never answers is given up', line, [
        `${ws}/connection`,
        'if (isLate) return giveUp(`not open after ${connectTimeout} ms`)',
        'if (isLate) return',
      ]),
      proof(
        `${inMemory}/transport/wsTransport`,
        'F02 F46 unsubscribed before the opening: nothing remains, and nothing is said',
        ['I3', 'I4'],
        goodbye,
      ),
    ],
  },
  {
    id: 'F03',
    fault: 'upgrade answered 429 with or without Retry-After, 418, 503 with HTML',
    must: 'waits at least Retry-After, or a long default; 418 waits longer; the reason is in the status',
    proofs: [
      proof(`${inMemory}/connecting`, 'F03 an upgrade answered %d with Retry-After %s waits %d ms', line, [
        `${ws}/reconnectDelay`,
        'return Math.max(whole * (1 - random() / 2), leastDelay(end))',
        'return whole * (1 - random() / 2)',
      ]),
      proof(`${inMemory}/connecting`, 'F03 every connection waits when one was told to: Retry-After %s, %d ms', line, [
        `${ws}/keepLine`,
        'attempts.block(clock() + leastDelay(fact.end))',
        'attempts.block(clock())',
      ]),
      proof(
        `${inMemory}/transport/wsTransport`,
        'F03 an upgrade answered %d with a page; redirects are not followed',
        ['I3', 'I4', 'I5'],
        [
          `${ws}/transport/wsTransport`,
          "socket.on('unexpected-response', (_, response) => end(refusal(response)))",
          '',
        ],
      ),
      proof(
        `${overSockets}/connections`,
        'F03 F04 upgrades that are refused and reset: back again, each stream carried once',
        client,
        [`${ws}/stepLine`, '...{ attempt, caution, openAt: now + delay },', '...{ attempt, caution },'],
      ),
    ],
  },
  {
    id: 'F04',
    fault: 'reset right after open',
    must: 'nothing wanted is lost: exactly one resubscription per stream',
    proofs: [
      proof(`${inMemory}/connecting`, 'F04 reset right after open: exactly one resubscription per stream', line, [
        `${ws}/Subscriptions`,
        'held: new Set(carried)',
        'held: new Set()',
      ]),
      proof(
        `${inMemory}/live`,
        'F04 F05 cut and closed in every way: each time it comes back with what is wanted',
        ['I3', 'I4'],
        [
          `${ws}/transport/wsTransport`,
          "socket.on('close', (code, reason) => end({ _tag: 'Closed', code, reason: reason.toString() }))",
          '',
        ],
      ),
    ],
  },
  {
    id: 'F05',
    fault: 'close 1000, 1001, 1006, 1008, 1011, 3001',
    must: 'reconnects; after 1008 and 3001 slower, with smaller batches; code and reason in the status',
    proofs: [
      proof(
        `${inMemory}/connecting`,
        'F05 close %d %s: back after %d ms, the code and the reason in the status',
        line,
        [`${ws}/End`, '[1008, 3001, 400, 414, 431]', '[]'],
      ),
      proof(
        `${inMemory}/connecting`,
        'F05 after 1008 less is asked for at a time, until a connection was stable',
        line,
        [`${ws}/keepLine`, 'Math.floor(limit / 2 ** Math.min(caution, MOST_CAUTION))', 'limit + 0 * caution'],
      ),
      proof(`${overSockets}/connections`, 'F05 closed with %d: the book is lost, and synced again', client, [
        'lib/client/createClient',
        'reset: dispatcher.lost(name),',
        '',
      ]),
    ],
  },
  {
    id: 'F06',
    fault: 'half-open: no data, no close',
    must: 'an inactivity watchdog terminates and reconnects, but reads the socket once more before, so that a blocked process does not cut a healthy connection',
    proofs: [
      proof(`${overSockets}/connections`, '%s: given up, and synced again', client, watchdog),
      proof(`${inMemory}/living`, 'F06 half-open: no data and no close', line, pongs),
      proof(
        `${inMemory}/living`,
        'F06 a process that was blocked reads the socket once more before it gives up',
        line,
        secondLook,
      ),
      proof(
        `${overSockets}/blocked-listener`,
        'F44 a listener that blocks %s at 2,500 frames a second: all arrives late, the lag is said',
        ['I2', 'I3', 'I4', 'I8'],
        secondLook,
      ),
    ],
  },
  {
    id: 'F07',
    fault: 'only PINGs, no data',
    must: 'a data watchdog fires; quiet streams have their own allowance',
    proofs: [
      proof(`${inMemory}/living`, 'F07 PINGs and PONGs are no data', line, watchdog),
      proof(`${inMemory}/living`, 'F07 a connection of quiet streams has their allowance', line, [
        `${ws}/openConnection`,
        'Math.max(inactivity, ownSilence(name) ?? 0)',
        'inactivity + 0 * name.length',
      ]),
    ],
  },
  {
    id: 'F08',
    fault: 'server PING with payload',
    must: 'PONG with the same payload at once',
    proofs: [
      proof(`${inMemory}/living`, 'F08 a PING is answered at once, with its payload', line, [
        `${ws}/openConnection`,
        "outbox.pong({ _tag: 'Pong', payload: event.payload })",
        "outbox.pong({ _tag: 'Pong', payload: new Uint8Array() })",
      ]),
      proof(
        `${inMemory}/live`,
        'F08 a PING of the server is answered with its payload',
        ['I3', 'I4'],
        [`${ws}/transport/wsTransport`, 'else socket.pong(message.payload)', 'else socket.pong()'],
      ),
      proof(`${inMemory}/living`, 'F08 I6 many PINGs: the last one is answered, within the rate', line, [
        `${ws}/connection/outbox`,
        'freeAt(spent, rate) <= now',
        'freeAt(spent, rate) <= Math.max(now, Infinity)',
      ]),
    ],
  },
  {
    id: 'F09',
    fault: 'no PONG to our PING',
    must: 'terminated after the allowed misses',
    proofs: [
      proof(`${inMemory}/living`, 'F09 no PONG to our PINGs: given up after two', line, pongs),
      proof(`${overSockets}/connections`, '%s: given up, and synced again', client, pongs),
    ],
  },
  {
    id: 'F10',
    fault: '24 h limit',
    must: 'a new connection is opened and carrying data before the old one closes; also on demand',
    proofs: [
      proof(`${inMemory}/rotating`, 'F10 before the lifetime ends, at a time that chance decides', line, [
        `${ws}/stepLine`,
        "if (active !== undefined && active.rotateAt <= context.now) return rotate(line, 'lifetime', context)",
        '',
      ]),
      proof(`${inMemory}/rotating`, 'F10 on demand: the new connection carries data before the old one closes', line, [
        `${ws}/keepLine`,
        'clock() < settledAt + overlap',
        'clock() < settledAt',
      ]),
      proof(
        `${inMemory}/rotating`,
        'a new connection that stays silent while the old one speaks does not take over',
        line,
        [
          `${ws}/keepLine`,
          'return dataAt(successor) !== undefined || (dataAt(active) ?? -Infinity) < settledAt',
          'return active !== successor',
        ],
      ),
    ],
  },
  {
    id: 'F11',
    fault: '`serverShutdown`, raw and combined',
    must: 'as F10, at once',
    proofs: [
      proof(
        `${inMemory}/rotating`,
        'F11 serverShutdown, %s: as on demand, at once; its frame comes first',
        line,
        shutdown,
      ),
      proof(
        `${overSockets}/connections`,
        'F11 the venue says that it shuts down: nothing is lost, nothing comes twice, and the book stays',
        client,
        shutdown,
      ),
    ],
  },
  {
    id: 'F12',
    fault: 'both connections deliver the same events',
    must: 'each event once, in order, by its own key',
    proofs: [
      proof(
        `${overSockets}/rotation`,
        'F10 F12 %s: three rotations, and each event once, in order, none lost',
        client,
        repeats,
      ),
      proof(
        'spec/client/admitByKey',
        'two connections that overlap, in any interleaving, give every event once and in order',
        ['I2', 'I3', 'I7'],
        [
          'lib/client/admitByKey',
          'return progress.length < MOST_WAITING ? [] : level(source, progress)',
          'return level(source, progress)',
        ],
      ),
      proof(
        'spec/client/admitByKey',
        'one that was open already when the only one was lost may still say what that one said',
        ['I2', 'I3'],
        ['lib/client/admitByKey', 'if (heirs?.has(source) === true && !isNew(message)) return []', ''],
      ),
      proof(
        'spec/client/admitByText',
        'an event is a repeat when another connection has brought the same',
        ['I2', 'I3'],
        ['lib/client/admitByText', 'if (seen.has(text) && seen.get(text) !== source) return []', ''],
      ),
    ],
  },
  {
    id: 'F13',
    fault: 'a message of a connection that we have closed',
    must: 'ignored',
    proofs: [
      proof(`${inMemory}/rotating`, 'F13 what comes on a connection that we have closed is ignored', line, [
        `${ws}/keepLine`,
        '      leg?.subscription.unsubscribe()\n',
        '',
      ]),
    ],
  },
  {
    id: 'F14',
    fault: 'SUBSCRIBE not acknowledged; refused; refused without id',
    must: 'timeout, retry, and a typed rejection for the stream concerned',
    proofs: [
      proof(
        `${inMemory}/wanting`,
        'F14 no answer: the venue is asked for its list, and only what is missing is asked for again',
        line,
        missed,
      ),
      proof(
        `${inMemory}/wanting`,
        'F14 refused %s: a rejection for the stream concerned, the others are acknowledged',
        line,
        [
          `${ws}/subscribing`,
          'const parts = [names.slice(0, half), names.slice(half), ...state.parts]',
          'const parts = state.parts.slice(half)',
        ],
      ),
      proof(
        `${overSockets}/requests`,
        'F14 a refusal that is %s is a rejection of the stream concerned, and the others go on',
        client,
        [
          `${ws}/subscribing`,
          "isWanted ? [{ _tag: 'Rejected', stream, code, reason: message }] : []",
          'code === Number(message) ? [] : []',
        ],
      ),
      proof(
        `${overSockets}/requests`,
        'F14 a SUBSCRIBE that is %s: the stream comes, and is acknowledged once',
        client,
        missed,
      ),
    ],
  },
  {
    id: 'F15',
    fault: 'data before the acknowledgement',
    must: 'delivered',
    proofs: [
      proof(`${inMemory}/wanting`, 'F15 data before the acknowledgement is delivered', line, [
        `${ws}/openConnection`,
        '      onData(text, receivedAt)\n      if (read.isShutdown)',
        '      if (read.isShutdown)',
      ]),
    ],
  },
  {
    id: 'F16',
    fault: 'acknowledged, then silent (unknown symbol)',
    must: 'the stream is reported silent after its allowance',
    proofs: [
      proof(`${inMemory}/living`, 'F16 acknowledged, then silent: told once, and again after it was heard', line, [
        `${ws}/openConnection`,
        "emit({ _tag: 'Silent', stream, quiet })",
        'quiet > 0',
      ]),
      proof(
        `${overSockets}/requests`,
        'F16 a stream that is acknowledged and silent is reported, and the others are not',
        client,
        [`${ws}/heard`, 'if (quiet >= ear.allowance) {', 'if (quiet >= 0) {'],
      ),
    ],
  },
  {
    id: 'F17',
    fault: '300 streams at once',
    must: 'batches of at most 100 names, within the message rate; shards over connections by the venue’s limit',
    proofs: [
      proof(`${inMemory}/wanting`, 'F17 300 streams on %s: shards, batches and the message rate hold', line, [
        `${ws}/subscribing`,
        '[...wanted].filter(isMissing).slice(0, most)',
        '[...wanted].filter(isMissing)',
      ]),
      proof(
        `${inMemory}/shards`,
        'all that is wanted, once, within the limit, and never moved',
        ['I3'],
        [`${ws}/shards`, 'new Set(added.splice(0, most))', 'new Set(added.splice(0))'],
      ),
      proof(
        `${overSockets}/requests`,
        'F17 300 streams at once: over two connections, and all of them carried',
        client,
        [`${ws}/shards`, '...added.splice(0, most - names.length)', '...added.splice(0)'],
      ),
    ],
  },
  {
    id: 'F18',
    fault: 'streams wanted and unwanted in quick succession',
    must: 'the venue’s set ends equal to ours (property test with random sequences; checked with LIST_SUBSCRIPTIONS)',
    proofs: [
      proof(
        `${inMemory}/wanted`,
        'whatever is wanted and lost on the way; the rate and the limits hold',
        line,
        surplus,
      ),
      proof(
        `${overSockets}/requests`,
        'F18 wanted and unwanted in quick succession: the venue ends with what is wanted',
        client,
        surplus,
      ),
    ],
  },
  {
    id: 'F19',
    fault: 'duplicate depth event',
    must: 'dropped',
    proofs: [
      proof(`${overSockets}/books`, '%s: the book is true', client, stale),
      proof('spec/operators/syncDepth', 'stale updates change nothing', ['I1', 'I3'], stale),
    ],
  },
  {
    id: 'F20',
    fault: 'one depth event missing (an overlapping one is not a gap)',
    must: 'stops being synced, takes a new snapshot, is synced again',
    proofs: [
      proof(`${overSockets}/books`, '%s: the book is true', client, gaps),
      proof(
        'spec/operators/syncDepth',
        'gap: asks at once, and the update that showed it is the first that is buffered',
        ['I1', 'I3', 'I8'],
        gaps,
      ),
      proof(
        'spec/venues/depthRule',
        'contiguous ids, with the book at 100',
        ['I1', 'I3'],
        ['lib/venues/depthRule', 'U <= local + 1 && u >= U', 'U === local + 1 && u >= U'],
      ),
    ],
  },
  {
    id: 'F21',
    fault: 'depth events out of order',
    must: 'as F20',
    proofs: [
      proof(`${overSockets}/books`, '%s: the book is true', client, gaps),
      proof(
        'spec/operators/syncDepthModel',
        'whatever happens to updates and snapshots, a synced book is the venue’s',
        ['I1', 'I3'],
        gaps,
      ),
    ],
  },
  {
    id: 'F22',
    fault: '`U` jumps while `pu` holds',
    must: 'applied, no resync',
    proofs: [
      proof(
        'spec/venues/depthRule',
        'linked ids, with the book at 100',
        ['I1', 'I3'],
        ['lib/venues/depthRule', 'pu === local', 'pu === local && pu >= 101'],
      ),
      proof(`${overSockets}/books`, '%s: the book is true', client, [
        'lib/venues/depthRule',
        '  next: linked,\n',
        '  next: ({ firstUpdateId }, local) => firstUpdateId === local + 1,\n',
      ]),
    ],
  },
  {
    id: 'F23',
    fault: 'snapshot older than the buffer; newer than the buffer',
    must: 'fetched again keeping the buffer; waits',
    proofs: [
      proof(
        `${overSockets}/books`,
        'F23 snapshots that are too old are asked for again, and the buffer is kept',
        client,
        tooOld,
      ),
      proof('spec/operators/syncDepth', 'too old: asked for again, and the buffer is kept', ['I1', 'I3', 'I8'], tooOld),
      proof(
        'spec/operators/syncDepth',
        'a snapshot that is newer waits for its first update',
        ['I1', 'I3'],
        ['lib/book/depthSequence', 'if (!joins.stale(update, local))', 'if (local >= 0)'],
      ),
    ],
  },
  {
    id: 'F24',
    fault: 'snapshot answers 500, times out, 429 with or without Retry-After, HTML, cut JSON, lacks `lastUpdateId`',
    must: 'retried with backoff inside the weight budget; a delisted symbol (-1121) is a final typed error',
    proofs: [
      proof(`${overSockets}/books`, 'F24 a snapshot answered with %s, twice: asked for again', client, failedSnapshots),
      proof(`${overSockets}/books`, 'F24 a symbol that is gone is an error, for good', client, [
        'lib/operators/syncDepth',
        'if (isFinal(error)) subscriber.error(error)',
        'if (isFinal(subscriber)) subscriber.error(error)',
      ]),
      proof(
        'spec/operators/syncDepth',
        'an error, none at all, one that takes too long: asked for again, with growing waits',
        ['I3', 'I4', 'I8'],
        ['lib/operators/syncDepth', 'timeout<DepthSnapshot, never>({ first: patience, scheduler })', 'identity<never>'],
      ),
      proof(
        'spec/rest/depthSnapshot',
        '%s is asked again',
        ['I3'],
        ['lib/rest/createRest', 'attempt$.pipe(sendAgain({ ...again, maxWait }))', 'attempt$'],
      ),
      proof(
        'spec/rest/createRest',
        '%s stops everybody, and the one who heard it asks again',
        ['I3'],
        ['lib/rest/transmit', 'budget.pause(error.failure.retryAfter)', 'budget.pause(0)'],
      ),
    ],
  },
  {
    id: 'F25',
    fault: 'a snapshot that was asked for before a reconnect and arrives after it',
    must: 'discarded',
    proofs: [
      proof(
        `${overSockets}/books`,
        'F25 a snapshot asked for before a loss, and answered after it, is not used',
        client,
        ['lib/operators/syncDepth', '        request.unsubscribe()\n', ''],
      ),
      proof(
        'spec/operators/syncDepth',
        'cancels a snapshot that is under way',
        ['I1', 'I3', 'I4'],
        ['lib/operators/syncDepth', '        request.unsubscribe()\n', ''],
      ),
    ],
  },
  {
    id: 'F26',
    fault: 'update ids restart lower',
    must: 'rebuilt',
    proofs: [
      proof(`${overSockets}/books`, 'F26 ids that begin anew: the book is made anew', client, [
        'lib/book/depthSequence',
        '? [collecting([behind, update]), restarted]',
        '? [state, dropped]',
      ]),
    ],
  },
  {
    id: 'F27',
    fault: 'crossed after an update',
    must: 'not synced, resync, reason `crossed`',
    proofs: [
      proof(
        `${overSockets}/books`,
        'F27 an update that crosses the book: not synced, and asked for anew',
        client,
        crossed,
      ),
      proof('spec/operators/syncDepth', 'crossed: asks at once', ['I1', 'I3', 'I8'], crossed),
    ],
  },
  {
    id: 'F28',
    fault: 'a gap on one symbol of twenty',
    must: 'only that one resyncs; requests are spread by weight',
    proofs: [
      proof(`${overSockets}/books`, 'F28 a gap on one symbol of twenty: only that one is asked for anew', client, gaps),
      proof(
        'spec/rest/createBudget',
        'in no minute more than the limit',
        ['I3', 'I6'],
        ['lib/timing/rateWindow', 'free = one.at + per', 'free = one.at + 0 * per'],
      ),
    ],
  },
  {
    id: 'F29',
    fault:
      'empty book, removal of an unknown level, zero quantity in a snapshot, `1e-8`-sized prices, `4.00` against `4.0`',
    must: 'one level per price value, exact texts',
    proofs: [
      proof(
        'spec/operators/syncDepth',
        'an empty book is a book, with any first update',
        ['I1', 'I3'],
        [
          'lib/book/depthSequence',
          'const joins = isEmpty && lastUpdateId <= 0 ? anywhere : rule',
          'const joins = isEmpty && lastUpdateId > 0 ? anywhere : rule',
        ],
      ),
      proof(
        'spec/book/BookSide',
        'sets, changes and removes a level; removing one that is not there is normal',
        ['I1', 'I3'],
        ['lib/book/BookSide', 'if (found) this.#remove(index, at)', 'this.#remove(index, at)'],
      ),
      proof(
        'spec/book/LiveBook',
        'is the snapshot at first, less its levels of quantity zero',
        ['I1', 'I3'],
        ['lib/book/BookSide', 'if (isZero(quantity)) {', 'if (isZero(quantity) && found) {'],
      ),
      proof(
        'spec/book/BookSide',
        'two texts of one price are one level, with the latest text',
        ['I1', 'I3'],
        [
          'lib/book/BookSide',
          '} else if (found) chunk.levels[at] = level',
          '} else if (found && chunk.levels[at]?.[0] === price) chunk.levels[at] = level',
        ],
      ),
      proof(
        'spec/book/BookSide',
        'prices that numbers cannot tell apart are two levels, in their order on both sides',
        ['I1', 'I3'],
        [
          'lib/codecs/compareAlike',
          'a.length <= EXACT && b.length <= EXACT ? 0 : compareDecimals(a, b)',
          'a.length + b.length + EXACT > 0 ? 0 : compareDecimals(a, b)',
        ],
      ),
    ],
  },
  {
    id: 'F30',
    fault: 'creating a listen key fails; ten callers at once',
    must: 'one request in flight, backoff, all ten served',
    proofs: [
      proof(
        'spec/operators/listenKey',
        'ten at once: one request, all served; one who comes later gets the key in use',
        ['I3', 'I4'],
        ['lib/operators/listenKey', '.pipe(share({ connector: () => new ReplaySubject(1) }))', ''],
      ),
      proof(
        'spec/communicators/accountCommunicator',
        'is asked for again, with growing waits and a status each; no connection meanwhile',
        account,
        [
          'lib/operators/listenKey',
          'const delay = backoff(createRetry, attempt)',
          'const delay = backoff(createRetry, 1)',
        ],
      ),
      proof(
        'spec/communicators/account/live',
        'F30 a key that cannot be created at first',
        ['I3', 'I4', 'I5', 'I8'],
        [
          'lib/operators/listenKey',
          'if (isFinal(error)) return throwError(() => error)',
          'if (attempt > 0) return throwError(() => error)',
        ],
      ),
    ],
  },
  {
    id: 'F31',
    fault: 'extending answers -1125 or 404',
    must: 'a new key, the new connection opened before the old one goes',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'F31 its extension says %s: the new connection is open before the old one goes',
        account,
        ['lib/communicators/account/accountLines', '&& openWith(carriers, key).length === 0', ''],
      ),
      proof(
        'spec/communicators/account/live',
        'F31 a key that somebody closed: the new connection is open before the old one goes, and loses nothing',
        ['I2', 'I3', 'I4', 'I5', 'I8'],
        [
          'lib/operators/keepAlive',
          'gone(error) ? throwError(() => error) : timer(backoff(waits, attempt), scheduler)',
          'timer(backoff(waits, attempt), scheduler)',
        ],
      ),
    ],
  },
  {
    id: 'F32',
    fault: '`listenKeyExpired` once, twice, for an old key',
    must: 'exactly one renewal',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'F32 said to have expired %s: exactly one renewal, and the status comes first',
        account,
        [
          'lib/communicators/account/keepAccount',
          'which === key && !isLapsed ? which : undefined',
          'which === key ? which : undefined',
        ],
      ),
      proof(
        'spec/operators/listenKey',
        'a key that is said to have expired %s is replaced, once',
        ['I3', 'I4'],
        ['lib/operators/listenKey', 'expired === undefined || expired === key', 'expired !== key + key'],
      ),
    ],
  },
  {
    id: 'F33',
    fault: 'extending fails twice, then works',
    must: 'retried early, no reconnection',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'F33 an extension that fails twice, then works: tried early, and nothing else happens',
        account,
        [
          'lib/operators/keepAlive',
          'gone(error) ? throwError(() => error) : timer(backoff(waits, attempt), scheduler)',
          'throwError(() => error)',
        ],
      ),
    ],
  },
  {
    id: 'F34',
    fault: 'POST answers the same key',
    must: 'the socket stays',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'F34 one that %s, and POST answers the same key: the socket stays',
        account,
        ['lib/communicators/account/accountLines', 'if (!lines.has(key)) start(key)', 'start(key)'],
      ),
    ],
  },
  {
    id: 'F35',
    fault: 'unsubscribe while the key is being created',
    must: 'no socket is opened',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'F35 while the key is being created: no socket is opened',
        account,
        [
          'lib/communicators/account/keepAccount',
          'subscriber.add(key$.subscribe({ next: onKey, error: onRefused }))',
          'key$.subscribe({ next: onKey, error: onRefused })',
        ],
      ),
    ],
  },
  {
    id: 'F36',
    fault: 'an order fills during a reconnect',
    must: 'the status marks the window, and a reconcile hook runs before later account events are let through',
    proofs: [
      proof(
        'spec/communicators/accountCommunicator',
        'after a lost connection, before the events of the next one; statuses pass at once',
        account,
        heldBack,
      ),
    ],
  },
  {
    id: 'F37',
    fault: 'clock off by ±3 s, jumps',
    must: 'server offset measured again on -1021, -4225, 100421; nonces unique and increasing per signer for 1,000 requests at once, of which fewer than 100 are in flight and leave in order',
    proofs: [
      proof(
        'spec/rest/eip712Signer',
        'each is greater than the one before, at the same time and when the time goes back',
        ['I3'],
        ['lib/rest/eip712Signer', 'Math.max(last + 1, microseconds(now))', 'microseconds(now)'],
      ),
      proof(
        'spec/rest/createRest',
        'off: %s %i ms: it is set, and the order is signed anew and sent once more',
        ['I3'],
        [
          'lib/rest/serverTime',
          'offset = value - (sentAt + receivedAt) / 2',
          'offset = 0 * value * sentAt * receivedAt',
        ],
      ),
      proof(
        'spec/rest/createRest',
        'of one signer fewer than a hundred, over all its rests',
        ['I3', 'I7'],
        [
          'lib/rest/concurrencyGate',
          'concurrencyGate({ limit: MOST_SIGNED })',
          'concurrencyGate({ limit: 2 * MOST_SIGNED })',
        ],
      ),
      proof(
        'spec/rest/createRest',
        'a jump: it is set again; all who were refused at once ask once',
        ['I3'],
        ['lib/rest/serverTime', '    share(),\n', ''],
      ),
      proof(
        'spec/rest/overHttp',
        'a thousand signed requests at once, over real sockets: fewer than a hundred at the venue, no nonce twice',
        ['I3'],
        ['lib/rest/createRest', 'catchError(onceMore),', ''],
      ),
    ],
  },
  {
    id: 'F38',
    fault: 'unknown event, unknown enum, extra field, missing field, null, number for string',
    must: 'as values: unknown, or an InvalidEvent with its path; the feed goes on',
    proofs: [
      proof(`${overSockets}/frames`, 'F38 what does not fit is a value with its path, and the feed goes on', client, [
        'lib/client/dispatcher',
        'parseError$.next(parsed.left)',
        'throw new Error(parsed.left._tag)',
      ]),
    ],
  },
  {
    id: 'F39',
    fault:
      'invalid JSON, empty text, binary on a text venue, BOM, 1 MB frames, 10,000 nested brackets, `__proto__` keys',
    must: 'a ParseError each; no crash, no pollution; reconnects after a configured number in a row',
    proofs: [
      proof(
        `${overSockets}/frames`,
        'F39 hostile texts are an error each; ten that are no JSON end the connection, which comes back',
        client,
        [`${ws}/openConnection`, 'if (bad >= badFrames) giveUp', 'if (bad >= Infinity) giveUp'],
      ),
      proof(
        `${inMemory}/living`,
        'F39 frames that are no JSON are delivered, and after ten in a row the connection is given up',
        line,
        [`${ws}/reading`, 'return bad\n  }', "return { _tag: 'Data', isShutdown: false }\n  }"],
      ),
    ],
  },
  {
    id: 'F40',
    fault: '64-bit id as a bare number',
    must: 'exact, digit for digit',
    proofs: [
      proof(
        `${overSockets}/long-ids`,
        'F40 the id %s, sent as a bare number, comes digit for digit',
        ['I3'],
        [
          'lib/parser/parse',
          'venue.losslessIds === true ? parseLossless : JSON.parse',
          'venue.losslessIds === true ? JSON.parse : JSON.parse',
        ],
      ),
    ],
  },
  {
    id: 'F41',
    fault: 'a compressed message that inflates to 300 MB',
    must: 'closed with a code; resident memory bounded',
    proofs: [
      proof(
        `${overSockets}/frames`,
        'F41 a compressed message of 300 MB is refused with a code; memory stays bounded, and it comes back',
        [...client, 'I7'],
        largest,
      ),
      proof(
        `${inMemory}/transport/wsTransport`,
        'F41 a message that inflates to 300 MB ends the connection with a code, and memory stays bounded',
        ['I3', 'I4', 'I7'],
        largest,
      ),
    ],
  },
  {
    id: 'F42',
    fault: 'gzip bomb, cut gzip, plain text on BingX',
    must: 'capped, reported, goes on',
    proofs: [
      proof(
        `${inMemory}/living`,
        'F42 frames are inflated; a bomb, a cut one and a plain text are reported, and the feed goes on',
        [...line, 'I7'],
        [`${ws}/decompressed`, '{ maxOutputLength: most }', '{ maxOutputLength: most * most }'],
      ),
    ],
  },
  {
    id: 'F43',
    fault: 'broken WebSocket frames: reserved bits, bad UTF-8, close 1005, endless fragments',
    must: 'reconnects',
    proofs: [
      proof(`${overSockets}/frames`, 'F43 %s: lost with a code, and back again', [...client, 'I7'], errorsOfSockets),
      proof(`${inMemory}/transport/wsTransport`, 'F43 %s', ['I3', 'I4'], errorsOfSockets),
    ],
  },
  {
    id: 'F44',
    fault: 'a listener blocks at 2,500 frames per second',
    must: 'the connection survives, everything arrives late, the lag is reported; `conflate` is there for those who want the latest only',
    proofs: [
      proof(
        `${overSockets}/blocked-listener`,
        'F44 a listener that blocks %s at 2,500 frames a second: all arrives late, the lag is said',
        ['I2', 'I3', 'I4', 'I8'],
        secondLook,
      ),
      proof(`${inMemory}/living`, 'F44 a process that was blocked says so, before what came meanwhile', line, [
        `${ws}/lateness`,
        'filter((late) => late >= lag)',
        'filter((late) => late >= Infinity)',
      ]),
      proof(
        'spec/operators/conflate',
        'of a burst the latest, or the latest of each key, in the order in which the keys began to wait',
        ['I3', 'I7'],
        ['lib/operators/conflate', 'waiting.set(key(value), value)', 'waiting.set({ key }, value)'],
      ),
    ],
  },
  {
    id: 'F45',
    fault: 'an observer throws',
    must: 'the others go on; the error goes to RxJS’s `config.onUnhandledError`',
    proofs: [
      proof(
        `${overSockets}/blocked-listener`,
        'F45 an observer that throws at every event: the others go on, and each error is said where RxJS says it',
        ['I3', 'I4'],
        [
          'lib/client/dispatcher',
          'if (ofKind.subject.observed) ofKind.subject.next(event)',
          "for (const listener of ofKind.subject.observers) Reflect.get(Reflect.get(listener, 'destination'), 'partialObserver').next(event)",
        ],
      ),
      proof(
        'spec/communicators/recordedClock',
        'harms no other; its error goes to config.onUnhandledError, and it is over',
        ['I3'],
        ['lib/communicators/recordedClock', 'reportError(error)', 'throw error'],
      ),
    ],
  },
  {
    id: 'F46',
    fault: 'unsubscribe in each state: connecting, waiting, snapshot, rotating, closing',
    must: 'silence at once',
    proofs: [
      proof(
        `${inMemory}/living`,
        'F46 unsubscribed by whoever hears %s, in that moment',
        ['I3', 'I4'],
        timersOfConnections,
      ),
      proof(`${inMemory}/rotating`, 'F46 unsubscribed by whoever hears %s, in that moment', line, [
        `${ws}/keepLine`,
        'for (const output of outputs) if (!isClosed()) act(output)',
        'for (const output of outputs) act(output)',
      ]),
      proof(`${inMemory}/live`, 'F46 unsubscribed', ['I3', 'I4'], goodbye),
      proof(
        'spec/operators/syncDepth',
        'unsubscribing cancels everything at once',
        ['I3', 'I4'],
        ['lib/operators/syncDepth', '        subscriber.add(mine)\n', ''],
      ),
      proof(
        'spec/client/createClient',
        'ending the connection ends a book that waits for its snapshot, and leaves no timer',
        ['I3', 'I4'],
        ['lib/client/createClient', '          takeUntil(ended$),\n', ''],
      ),
    ],
  },
  {
    id: 'F47',
    fault: '1,000 reconnections',
    must: 'listeners, timers and heap flat',
    proofs: [
      proof(
        `${overSockets}/reconnections`,
        'F47 a thousand reconnections over real sockets: heap, listeners, sockets and timers stay flat',
        ['I3', 'I4', 'I7'],
        timersOfConnections,
      ),
      proof(`${inMemory}/living`, 'F47 a thousand reconnections leave nothing behind', line, timersOfConnections),
      proof(
        'spec/communicators/accountCommunicator',
        'F47 a thousand reconnections, and as many keys, leave nothing behind',
        account,
        timersOfConnections,
      ),
    ],
  },
  {
    id: 'F48',
    fault: 'TLS: expired, wrong host, self-signed',
    must: 'refused with a clear error; never downgraded',
    proofs: [
      proof(
        `${inMemory}/tls`,
        '%s is refused',
        ['I3'],
        [`${ws}/transport/wsTransport`, 'rejectUnauthorized: true,', 'rejectUnauthorized: false,'],
      ),
      proof(
        `${overSockets}/tls-environment`,
        'F48 a certificate that is %s is refused in a process that is told to check none',
        ['I3'],
        [`${ws}/transport/wsTransport`, 'rejectUnauthorized: true,', ''],
      ),
    ],
  },
  {
    id: 'F49',
    fault: 'everything above, with canary keys, secrets and listen keys planted',
    must: 'not one of them in any status, error, message, stream name or recording',
    proofs: [
      proof(
        `${overSockets}/canary`,
        'F49 %s: no key and no secret in anything that is said',
        ['I3', 'I5'],
        ['lib/communicators/account/mask', 'maskListenKeys(withoutKeys(signal.text))', 'signal.text'],
      ),
      proof(
        `${overSockets}/canary`,
        'F49 %s: no key and no secret in anything that is said',
        ['I3', 'I5'],
        [
          'lib/rest/redact',
          '.reduce((rest, secret) => rest.replaceAll(secret, instead), text)',
          '.reduce((rest) => rest, text)',
        ],
      ),
      proof(
        'spec/communicators/accountCommunicator',
        'a reason of the venue that repeats the key is told without it',
        account,
        [
          'lib/communicators/account/mask',
          "const reason = 'reason' in signal && { reason: text(signal.reason) }",
          'const reason = {}',
        ],
      ),
      proof(
        'spec/rest/redact',
        'takes out every occurrence of every secret, and nothing else',
        ['I5'],
        [
          'lib/rest/redact',
          '.reduce((rest, secret) => rest.replaceAll(secret, instead), text)',
          '.reduce((rest) => rest, text)',
        ],
      ),
      proof(
        `${inMemory}/transport/wsTransport`,
        'F49 what cannot be requested is said without the address',
        ['I3', 'I5'],
        [`${ws}/transport/wsTransport`, "message.replaceAll(url, '<address>')", 'message'],
      ),
    ],
  },
  {
    id: 'F50',
    fault: 'replay: cut gzip, a bad line, time going backwards, missing file, empty file, 1 GB file',
    must: 'the bad line is a value with its file and offset, the rest is delivered; memory constant; the same frames give the same output as live',
    beyond:
      'a file of 1 GB is one of 60 MB that unpacks piece by piece, with the memory of its buffers bounded far below it',
    proofs: [
      proof(
        replay,
        'a gzip that is cut: all records before, its rest, where reading ended, then the next file',
        ['I3', 'I8'],
        [
          'lib/communicators/replay/gunzipped',
          '    if (failure !== undefined) throw broken(failure.message)\n    if (gunzip.used()',
          '    if (gunzip.used()',
        ],
      ),
      proof(
        'spec/communicators/replay/fileChunks',
        'corrupt from byte %i on: everything before it comes',
        ['I3'],
        ['lib/communicators/replay/gunzipped', 'yield* salvaged(compressed, position, known)', ''],
      ),
      proof(
        replay,
        'a record without a valid time',
        ['I3', 'I8'],
        [
          'lib/communicators/replay/recordReader',
          'if (Number.isNaN(written)) return bad(raw.offset, complaint(raw, start))',
          'if (Number.isNaN(written)) return',
        ],
      ),
      proof(
        replay,
        'a time that goes back: said, and the frame follows with the last time',
        ['I3', 'I8'],
        ['lib/communicators/replay/recordReader', 'track.last = Math.max(last, at)', 'track.last = at'],
      ),
      proof(
        replay,
        'files that are missing, or none: the rest comes',
        ['I3', 'I8'],
        ['lib/communicators/replay/readRecords', 'reader.unreadable(split.length(), messageOf(error))', 'throw error'],
      ),
      proof(
        replay,
        'an empty file, plain or gzip, holds nothing',
        ['I3'],
        [
          'lib/communicators/replay/fileChunks',
          'if (bytesRead === 0) return',
          "if (bytesRead === 0) throw new Error('no more')",
        ],
      ),
      proof(
        replay,
        'memory does not grow with the file',
        ['I3', 'I7'],
        ['lib/communicators/replay/fileChunks', 'gzip: 16 * 1024', 'gzip: 512 * 1024 * 1024'],
      ),
      proof(
        'spec/communicators/recordReplay',
        'live signals come back as they were: %s %j',
        ['I3'],
        [
          'lib/communicators/replay/recordReader',
          "if (recorded?._tag === 'Source') track = trackOf(story, recorded)",
          "if (recorded?._tag === 'Source') track = own",
        ],
      ),
    ],
  },
]
