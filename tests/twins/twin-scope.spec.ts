import { describe, expect, it } from '@jest/globals'
import type { QueryBus } from '@nestjs/cqrs'
import type { Caller } from '../../src/identity/caller.js'
import { decide } from '../../src/identity/decide-access.js'
import { TrialsOf, type TrialOfSubject } from '../../src/trials/queries/trials-of.js'
import { TrialAndConsentScope } from '../../src/twin-scope.js'

const SUBJECT = '00000000-0000-4000-8000-000000000001'
const ENROLMENTS: TrialOfSubject[] = [
  { trial: 'heart', code: 'H-1', site: 'north', status: 'enrolled' },
  { trial: 'kidney', code: 'K-1', site: 'south', status: 'enrolled' },
  { trial: 'lung', code: 'L-1', site: 'west', status: 'withdrawn' },
]

const queries = {
  execute: async (query: object) => (query instanceof TrialsOf ? ENROLMENTS : { covered: false }),
} as QueryBus

const investigator = (scope: Pick<Caller, 'site' | 'trials'>): Caller => ({
  id: '00000000-0000-8000-8000-000000000002',
  role: 'investigator',
  roles: ['investigator'],
  tokenId: 'token',
  authenticatedAt: '2026-03-14T12:00:00.000Z',
  ...scope,
})

async function mayRecord(caller: Caller): Promise<boolean> {
  const resource = await new TrialAndConsentScope(queries).scopeOf(SUBJECT, caller)
  return decide(caller, 'twin.record', resource).allowed
}

describe('what enrolments say about the right of a site to a twin', () => {
  it.each([
    ['staff of the site the person is enrolled at', { site: 'north' }, true],
    ['staff of another site', { site: 'east' }, false],
    ['staff of the site the person left', { site: 'west' }, false],
    ['who works on the trial, at its site', { site: 'north', trials: ['heart'] }, true],
    ['who works on the trial, at the site of another trial of the person', { site: 'south', trials: ['heart'] }, false],
    ['who works at the site on other trials only', { site: 'north', trials: ['bone'] }, false],
    ['who works on the trial the person left', { site: 'west', trials: ['lung'] }, false],
    ['who has no site', { trials: ['heart'] }, false],
    ['who has neither site nor trial', {}, false],
  ])('%s: %p', async (_who, scope, allowed) => {
    expect(await mayRecord(investigator(scope))).toBe(allowed)
  })

  it('names a trial only to those who work on it', async () => {
    const scope = new TrialAndConsentScope(queries)
    expect((await scope.scopeOf(SUBJECT, investigator({ trials: ['kidney'] }))).trial).toBe('kidney')
    expect((await scope.scopeOf(SUBJECT, investigator({ trials: ['lung', 'bone'] }))).trial).toBeUndefined()
  })
})
