import { afterEach, describe, expect, it, jest } from '@jest/globals'
import type { AppendResult } from '../../../src/ledger/event-store.js'
import type { ClusterLog } from '../../../src/ledger/kurrent/cluster-log.js'
import { KurrentAppender } from '../../../src/ledger/kurrent/kurrent-appender.js'
import type { LogIndex } from '../../../src/ledger/kurrent/log-index.js'
import { TreeState } from '../../../src/ledger/log/tree-state.js'
import type { Settlement, Settlements } from '../../../src/ledger/postgres/settle.js'
import { RevisionConflict, Unavailable } from '../../../src/platform/errors.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'

const PATIENCE_MS = 60_000
const written: AppendResult = { events: [], checkpoint: 'signed', replayed: true }

/** What the index answers, one after the other; `away` is a connection that broke, once. */
function appenderOver(answers: ('away' | Settlement)[]): KurrentAppender {
  const settle = async (): Promise<Settlements> => {
    const answer = answers.shift()!
    if (answer === 'away') throw new Unavailable('store-unavailable', 'The connection broke.')
    return { settlements: [answer], revisions: new Map() }
  }
  const index = {
    head: { tree: new TreeState(), recordedMs: 0 },
    settle,
    catchUp: async () => {},
  } as unknown as LogIndex
  const log = {} as ClusterLog
  return new KurrentAppender({ log, index, sign: () => '', maxAppendBytes: 1_000_000, patienceMs: PATIENCE_MS })
}

describe('the writer over a cluster', () => {
  afterEach(() => void jest.restoreAllMocks())

  it('has all its patience for a failure that comes after another one was over', async () => {
    const stream = aStream()
    const append = () => appender.append([{ stream, expectedRevision: 0, events: [anEvent()] }])
    const conflict = new RevisionConflict(stream, 0, 7)
    const appender = appenderOver([
      'away',
      { kind: 'refused', error: conflict },
      'away',
      { kind: 'written', result: written },
    ])
    await expect(append()).rejects.toBe(conflict)
    const muchLater = Date.now() + 10 * PATIENCE_MS
    jest.spyOn(Date, 'now').mockReturnValue(muchLater)
    expect(await append()).toBe(written)
  })
})
