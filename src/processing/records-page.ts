import { facts, html, PAGE_END, pageHead } from '../platform/http/html.js'
import type { ProcessingRecord, RecordsOfProcessing } from './get-records.js'
import { ARTICLE_6, ARTICLE_9 } from './register.js'

/** The records of processing, to print. */
export function recordsPage(records: RecordsOfProcessing): string {
  const { generatedAt, softwareVersion, controllers, activities, permits, transfers, retention, securityMeasures } =
    records
  const content = html`<h1>Records of processing activities (GDPR Art 30)</h1>
    ${facts([
      ['Generated', generatedAt],
      ['Software', softwareVersion],
      ['Controllers', controllers.join(', ') || 'none has data here'],
      ['Services outside', transfers.join('; ') || 'none is configured'],
    ])}
    ${activities.map(activity)}
    <h2>Data permits (EHDS Art 68)</h2>
    ${facts(permits.map(permitFact))}
    <h2>Time limits for erasure</h2>
    ${facts(retention.map(({ title, years, clock, source }) => [title, `${years} years from ${clock} (${source})`]))}
    <h2>Security measures</h2>
    <ul>
      ${securityMeasures.map((measure) => html`<li>${measure}</li>`)}
    </ul>`
  return `${pageHead('Records of processing')}${content.text}${PAGE_END}`
}

function permitFact({ identifier, issuer, user, purposes, until, standing }: RecordsOfProcessing['permits'][number]) {
  return [`${identifier} of ${issuer}`, `${standing}, for ${user}, until ${until}: ${purposes.join(', ')}`] as const
}

function activity({ purpose, title, bases, subjects, data, recipients }: ProcessingRecord) {
  const pairs = bases.map(
    ({ article6, article9 }) =>
      `Art ${article6} (${ARTICLE_6[article6!]}) with Art ${article9} (${ARTICLE_9[article9!]})`,
  )
  return html`<h2>${title} (${purpose})</h2>
    ${facts([
      ['Legal bases', pairs.join('; ')],
      ['Persons', subjects.join(', ')],
      ['Data', data.join(', ')],
      ['Recipients', recipients.join(', ')],
    ])}`
}
