/** A data permit that was issued to an institute, and somebody who runs models there. */
import { openAuthentication } from '../../../src/authentication.js'
import { DATA_CATEGORY_CODES } from '../../../src/consents/events.js'
import type { PermitTerms } from '../../../src/permits/events.js'
import { expected, send } from '../../e2e/support/clinic.js'
import type { TestService } from '../../support/test-service.js'

export const INSTITUTE = 'evaluation-institute'
const DOCUMENT = 'd'.repeat(64)

/** In force: registered by compliance, approved by quality assurance. @returns its id */
export async function issuedPermit(
  test: TestService,
  more: Pick<PermitTerms, 'identifier'> & Partial<PermitTerms>,
): Promise<string> {
  const terms = {
    issuer: 'access-body',
    jurisdiction: 'DE',
    document: DOCUMENT,
    purposes: ['scientific-research'],
    dataCategories: DATA_CATEGORY_CODES,
    models: ['cvd'],
    holder: 'evaluation-clinic',
    user: INSTITUTE,
    from: '2020-01-01T00:00:00Z',
    until: '2100-01-01T01:00:00+01:00',
    ...more,
  }
  const registered = send(test, 'compliance', '/api/v1/permits', terms)
  const { permit } = await expected<{ permit: string }>(201, registered)
  await expected(200, send(test, 'qa', `/api/v1/permits/${permit}/approval`, { document: DOCUMENT }))
  return permit
}

/** Sends as the modeller of the institute; without a body it reads. */
export async function atInstitute(test: TestService): Promise<(path: string, body?: object) => Promise<Response>> {
  const { issuer } = await openAuthentication(test.configuration)
  issuer!.accounts.assign('modeller', { org: INSTITUTE })
  const authorization = `Bearer ${await issuer!.issueToken('modeller')}`
  return (path, body) =>
    test.fetch(path, {
      headers: { 'content-type': 'application/json', authorization },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
}
