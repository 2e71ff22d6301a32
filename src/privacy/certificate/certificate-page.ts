import { ERASURE_GROUNDS, RETENTION_GROUNDS } from '../codes.js'
import type { SignedCertificate } from './certificate.js'
import { facts, html, PAGE_END, pageHead } from '../../platform/http/html.js'

/** The certificate on paper: the same facts, its signature, and how to check it. */
export function certificatePage({ certificate, signature, proofs }: SignedCertificate): string {
  const {
    erasure,
    subject,
    request,
    ground,
    erased,
    retained,
    keys,
    payloads,
    payloadsKept,
    purged,
    recipients,
    residue,
    steps,
  } = certificate
  const kept = retained.map((each) => `${each.class}: ${RETENTION_GROUNDS[each.ground]} (Art ${each.ground})`)
  const content = html`<h1>Certificate of erasure</h1>
    ${facts([
      ['Erasure', erasure],
      ...(subject === undefined ? [] : [['Person (random id)', subject] as const, ['Request', request] as const]),
      ['Ground', `${ERASURE_GROUNDS[ground]} (GDPR Art ${ground})`],
      ['Erased', erased.join(', ')],
      ['Kept', kept.length > 0 ? kept.join('; ') : 'nothing'],
      ['Keys destroyed', keys],
      ['Ciphertexts deleted', payloads],
      ...(payloadsKept === undefined
        ? []
        : [['Ciphertexts the event cluster keeps, which no key opens', payloadsKept] as const]),
      ['Traces purged', purged.map(({ holder, items }) => `${holder} ${items}`).join(', ') || 'none were held'],
      ['Recipients told (Art 19)', recipients.join(', ') || 'none had been shown values'],
    ])}
    <h2>What stays in the log</h2>
    <p>
      ${residue.events} events about the person hold codes, random ids and times in clear text: pseudonymised data under
      an id that nothing ties to a name any more. These tell of health or of a way of life:
    </p>
    ${facts(residue.telling.map(({ type, events, tells }) => [`${events} × ${type}`, tells] as const))}
    <h2>What was done, by whom</h2>
    <table>
      <tr>
        <th>When</th>
        <th>Step</th>
        <th>By</th>
        <th>Place in the log</th>
      </tr>
      ${steps.map(
        ({ at, step, by, position }) =>
          html`<tr>
            <td>${at}</td>
            <td>${step}</td>
            <td>${by.role} ${by.id}</td>
            <td>${position}</td>
          </tr>`,
      )}
    </table>
    <h2>Signature</h2>
    <p>Compact JWS (RFC 7515) over the certificate in JSON; the keys are at /api/v1/keys of the service.</p>
    <pre>${signature}</pre>
    <h2>Proofs</h2>
    <p>
      One c2sp.org/tlog-proof file a step: it ties the step to a signed checkpoint of the log and is checked offline.
    </p>
    ${proofs.map(
      ({ position, proof }) =>
        html`<h3>Position ${position}</h3>
          <pre>${proof}</pre>`,
    )}`
  return `${pageHead('Certificate of erasure')}${content.text}${PAGE_END}`
}
