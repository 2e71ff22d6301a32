import { facts, html, PAGE_END, pageHead, type Raw } from '../../platform/http/html.js'
import type { ConsentReceipt } from './consent-receipt.js'
import type { SignedReceipt } from './consent-receipts.js'

type Statuses = ConsentReceipt['dpv:hasRecordOfActivity']['dpv:hasConsentStatus']

/** A receipt on paper: the same facts, the notice word for word, the signature and how to check it. */
export function receiptPage({ receipt, signature, entries }: SignedReceipt): string {
  const content = html`<h1>Consent receipt</h1>
    ${receiptFacts(receipt)}
    <h2>What was said, and when</h2>
    ${stepsTable(receipt['dpv:hasRecordOfActivity']['dpv:hasConsentStatus'])} ${noticeText(receipt)}
    <h2>Signature</h2>
    <p>Compact JWS (RFC 7515) over the receipt in JSON-LD; the keys are at /api/v1/keys of the service.</p>
    <pre>${signature}</pre>
    <h2>Proofs</h2>
    <p>
      One c2sp.org/tlog-proof file a step: it ties the step to a signed checkpoint of the log and is checked offline.
    </p>
    ${entries.map(
      ({ position, proof }) =>
        html`<h3>Position ${position}</h3>
          <pre>${proof}</pre>`,
    )}`
  return `${pageHead('Consent receipt')}${content.text}${PAGE_END}`
}

/** The notice as the person was shown it; a sentence where its text was not kept. */
export function noticeText({ 'dpv:hasRecordOfActivity': { 'dpv:hasNotice': notice } }: ConsentReceipt): Raw {
  const text = notice['schema:text']
  if (text === undefined) return html`<p>The text of the notice was not kept when this consent was recorded.</p>`
  return html`<h2 lang="${notice['dct:language']}">${notice['dct:title']}</h2>
    <pre lang="${notice['dct:language']}" style="font:inherit">${text}</pre>
    <p>SHA-256 of this text: <code>${notice['schema:sha256']}</code></p>`
}

function receiptFacts(receipt: ConsentReceipt): Raw {
  const record = receipt['dpv:hasRecordOfActivity']
  const { 'dpv:hasProcess': process, 'dpv:hasNotice': notice } = record
  const data =
    'dpv:hasPersonalData' in process ? process['dpv:hasPersonalData'].map((each) => each['skos:prefLabel']) : []
  const replaced = notice['dct:isReplacedBy']?.['schema:version']
  return facts([
    ['Receipt', receipt['dpv:hasIdentifier']],
    ['State as of', receipt['dct:created']],
    ['Consent', record['dct:identifier']],
    ['Person (random id)', record['dpv:hasDataSubject']['dpv:hasIdentifier']],
    ['State', record['tl:status']],
    ['Given to', record['dpv:hasDataController']['dpv:hasName']],
    ['For', process['dpv:hasPurpose'].map((purpose) => purpose['skos:prefLabel']).join(', ')],
    ['Data', 'tl:erased' in process ? 'erased' : data.join(', ')],
    ['Kept until', process['dpv:hasStorageCondition']['dpv:hasDuration']['rdf:value']],
    ['Recipients', process['dpv:hasRecipient'].map((each) => each['dpv:hasName']).join(', ')],
    ['Legal basis', 'GDPR Art 6(1)(a), Art 9(2)(a)'],
    ['Notice', `${notice['dct:identifier']} ${notice['schema:version']} (${notice['dct:language']})`],
    ...(replaced === undefined ? [] : [['The notice in force now', `version ${replaced}`] as const]),
    ['To withdraw', record['dpv:hasConsentControl']['schema:url']],
    ['Rights', record['dpv:hasRight'].map((right) => right['dct:title']).join(', ')],
  ])
}

function stepsTable(statuses: Statuses): Raw {
  return html`<table>
    <tr>
      <th>When</th>
      <th>What</th>
      <th>By</th>
      <th>Place in the log</th>
    </tr>
    ${statuses.map(
      (step) =>
        html`<tr>
          <td>${step['dpv:isIndicatedAtTime']}</td>
          <td>${wordsOf(step['@type'])}</td>
          <td>
            ${wordsOf(step['dpv:isIndicatedBy'])}
            ${'dpv:hasIndicationMethod' in step ? `(${step['dpv:hasIndicationMethod']})` : ''}
          </td>
          <td>${'tl:position' in step ? step['tl:position'] : ''}</td>
        </tr>`,
    )}
  </table>`
}

/** `dpv:ConsentGiven` → `Consent given`. */
function wordsOf(term: string | readonly string[]): string {
  const [first] = [term].flat() as string[]
  if (!first!.startsWith('dpv:')) return first!
  const words = first!.slice('dpv:'.length).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words
}
