/** A signature on paper: name, time, meaning (21 CFR 11.50), what it is bound to (11.70), and how to check it. */
import { SIGNATURE_MEANINGS } from './meanings.js'
import type { SignatureView } from './queries/get-signature.js'
import { SIGNATURE_FAULTS } from './signed-statement.js'

/** A whole HTML document without scripts, in black and white, that prints on one page. */
export function certificate(view: SignatureView): string {
  const { signer, meaning, signedAt, record, signature, position, evidence } = view
  const rows: readonly (readonly [string, string])[] = [
    ['Signed by', `<strong>${escape(signer.name ?? 'name erased')}</strong>`],
    ['Acting as', escape(signer.org === undefined ? signer.role : `${signer.role}, ${signer.org}`)],
    ['Time', `<time datetime="${escape(signedAt)}">${escape(signedAt)}</time> (UTC)`],
    ['Meaning', `<strong>${escape(meaning)}</strong>: ${escape(SIGNATURE_MEANINGS[meaning])}`],
    ['Record', `<code>${escape(record.stream)}</code>, revision ${record.revision} (${escape(record.type)})`],
    ['Place in the log', `record at position ${record.position}, signature at position ${position}`],
    ['Signer’s id', `<code>${escape(signer.id)}</code>`],
    ['Signature', `<code>${escape(signature)}</code>`],
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Electronic signature ${escape(signature)}</title>
<style>
body { font: 11pt/1.5 Georgia, serif; color: #000; background: #fff; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
th { text-align: start; vertical-align: top; padding: .25rem 1.5rem .25rem 0; font-weight: normal; white-space: nowrap; }
td { padding: .25rem 0; overflow-wrap: anywhere; }
.status { border: 2px solid #000; padding: .5rem 1rem; font-weight: bold; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Electronic signature</h1>
<p class="status">${escape(verdict(view))}</p>
<table>
${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('\n')}
</table>
${
  evidence
    ? `<h2>To check it</h2>
<p>The signature below is a compact JWS (RFC 7515, EdDSA). Its payload names the record by the hash of its entry in the
transparency log; <code>/api/v1/signatures/${escape(signature)}</code> gives that entry and the proofs, <code>/api/v1/keys</code> the keys.</p>
<p><code>${escape(evidence.jws)}</code></p>`
    : ''
}
</body>
</html>
`
}

function verdict({ status, voidedBy, fault }: SignatureView): string {
  if (status === 'valid') return 'Valid: it verifies, and the record is as it was signed.'
  if (status === 'voided-by-change')
    return `VOID: the record was changed at revision ${voidedBy!.revision}, on ${voidedBy!.recordedAt}, after it was signed.`
  return `INVALID: ${SIGNATURE_FAULTS[fault!]}`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
