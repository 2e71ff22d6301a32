import { describe, expect, it } from '@jest/globals'
import { decideOnce } from '../../src/journal/decide-once.js'
import { InvalidRequest, RevisionConflict, Unavailable } from '../../src/platform/errors.js'

type Answer = { replayed: boolean; by: string }
const mine: Answer = { replayed: false, by: 'this request' }
const theirs: Answer = { replayed: true, by: 'an earlier request' }
const conflict = new RevisionConflict('twin-1', 0, 1)

/** What each call gives, in turn; errors are thrown. Fails when it is called more often. */
function inTurn<T>(...results: (T | Error)[]): { (): Promise<T>; calls: number } {
  const next = async (): Promise<T> => {
    const result = results[next.calls++]
    if (result === undefined) throw new Error('called too often')
    if (result instanceof Error) throw result
    return result
  }
  next.calls = 0
  return next
}

describe('a command that is to be recorded once', () => {
  it('is recorded', async () => {
    expect(await decideOnce({ earlier: inTurn<Answer | null>(null), attempt: inTurn(mine) })).toBe(mine)
  })

  it('is not tried where the same request came before', async () => {
    expect(await decideOnce({ earlier: inTurn<Answer | null>(theirs), attempt: inTurn<Answer>() })).toBe(theirs)
  })

  it('is decided again when a change came in between', async () => {
    const attempt = inTurn<Answer>(conflict, conflict, mine)
    expect(await decideOnce({ earlier: async () => null, attempt })).toBe(mine)
  })

  it('gives up in the end, with the reason', async () => {
    const attempt = inTurn<Answer>(...Array.from({ length: 24 }, () => conflict))
    await expect(decideOnce({ earlier: async () => null, attempt })).rejects.toBe(conflict)
    expect(attempt.calls).toBe(24)
  })

  it('is not decided again on a revision the caller did not see', async () => {
    const attempt = inTurn<Answer>(conflict)
    await expect(decideOnce({ ifRevision: 0, earlier: async () => null, attempt })).rejects.toBe(conflict)
  })

  it('gets the answer of the same request that was faster by a moment', async () => {
    const refused = new InvalidRequest('twin-exists', 'It is there.')
    const options = { earlier: inTurn<Answer | null>(null, theirs), attempt: inTurn<Answer>(refused) }
    expect(await decideOnce(options)).toBe(theirs)
    const replayed = {
      earlier: inTurn<Answer | null>(null, theirs),
      attempt: inTurn({ replayed: true, by: 'ids alone' }),
    }
    expect(await decideOnce(replayed)).toBe(theirs)
  })

  it('says that the ledger is away instead of asking it once more', async () => {
    const away = new Unavailable('store-unavailable', 'The ledger cannot record events now.')
    const options = { earlier: inTurn<Answer | null>(null), attempt: inTurn<Answer>(away) }
    await expect(decideOnce(options)).rejects.toBe(away)
  })
})
