/** One event of the log as the person is shown it, for machines and for print. */
import type { EventCatalogue } from '../../journal/event-catalogue.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { facts, html, PAGE_END, pageHead } from '../../platform/http/html.js'
import type { SignedReceipt } from '../receipts/consent-receipts.js'
import { noticeText } from '../receipts/receipt-page.js'
import type { About } from './about.js'

export interface PackEntry {
  position: number
  recordedAt: string
  type: string
  sentence: string
  /** Role and organisation; who acted is another person (Art 15(4)). */
  by: { role: string; org?: string }
  purpose?: string
  reason?: string
  trial?: string
  data: object | '[erased]'
}

export function entryOf({ header, position, data }: RecordedEvent, catalogue: EventCatalogue): PackEntry {
  const { recordedAt, type, actor, purpose, reason, trial } = header
  return {
    position,
    recordedAt,
    type,
    sentence: catalogue.describe(header, data),
    by: { role: actor.role, ...(actor.org !== undefined && { org: actor.org }) },
    ...(purpose !== undefined && { purpose }),
    ...(reason !== undefined && { reason }),
    ...(trial !== undefined && { trial }),
    data: data ?? '[erased]',
  }
}

export function packHead(about: About, receipts: readonly SignedReceipt[]): string {
  const { subject, twins, purposes, recipients, restrictions, optOut, arms, permits, models, rights } = about
  const head = html`<h1>Your data</h1>
    ${facts([
      ['You are known here as', subject],
      ['Who answers for the data', [...new Set(twins.map(({ controller }) => controller))].join(', ')],
      ['Where they came from', [...new Set(twins.map(({ source }) => source))].join(', ')],
      ['Purposes', purposes.join(', ') || 'none was declared'],
      [
        'Who was shown values',
        recipients.map(({ recipient, disclosures }) => `${recipient} (${disclosures})`).join(', '),
      ],
      ['Frozen uses', restrictions.map(({ ground }) => ground).join(', ') || 'none'],
      ['Secondary use', optOut ? `you opted out, recorded ${optOut.since}` : 'you have not opted out'],
      [
        'Your arm in trials',
        arms.map(({ trial, arm, withheld }) => `${trial}: ${withheld ?? arm}`).join('; ') || 'none',
      ],
      [
        'Used without your consent, under data permits',
        permits.map(({ identifier, issuer, user }) => `${identifier} of ${issuer}, for ${user}`).join('; ') || 'no',
      ],
      ['Your rights', rights],
    ])}
    ${models.map(
      ({ model, version, card }) =>
        html`<h2>How the model ${model} ${version} works</h2>
          <pre>${JSON.stringify(card, null, 2)}</pre>`,
    )}
    ${receipts.map(
      ({ receipt }) =>
        html`${noticeText(receipt)}
          <p>Your consent under this notice: ${receipt['dpv:hasRecordOfActivity']['tl:status']}.</p>`,
    )}
    <h2>Everything that was recorded about you</h2>`
  return `${pageHead('Your data')}${head.text}<table><tr><th>When</th><th>What</th><th>By</th><th>Values</th></tr>`
}

export function entryRow({ recordedAt, sentence, by, data }: PackEntry): string {
  const values = data === '[erased]' ? data : JSON.stringify(data)
  return html`<tr>
    <td>${recordedAt}</td>
    <td>${sentence}</td>
    <td>${by.role} ${by.org}</td>
    <td><code>${values}</code></td>
  </tr>`.text
}

export const PACK_END = `</table>${PAGE_END}`
