import { SIGNATURE_MEANINGS } from '../../../../src/signatures/meanings.js'
import type { Signature } from '../../api/signatures.js'
import { Badge, type Tone } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'

const TONES: Record<Signature['status'], Tone> = { valid: 'good', 'voided-by-change': 'bad', invalid: 'bad' }

const COLUMNS: Column<Signature>[] = [
  { title: 'Signed by', show: ({ signer }) => <strong>{signer.name ?? 'name erased'}</strong> },
  { title: 'Acting as', show: ({ signer }) => signer.role },
  { title: 'Meaning', show: ({ meaning }) => <span title={SIGNATURE_MEANINGS[meaning]}>{meaning}</span> },
  { title: 'Time', show: ({ signedAt }) => <Time at={signedAt} exact /> },
  { title: 'Holds', show: (signature) => <Status signature={signature} /> },
  { title: 'Entry', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
]

/** Signatures on a record: printed name, time and meaning, and whether each still holds. */
export function SignatureList({ signatures }: { signatures: Signature[] }) {
  return (
    <DataTable
      caption="Signatures on this record, oldest first"
      columns={COLUMNS}
      rows={signatures}
      rowKey={({ signature }) => signature}
    />
  )
}

function Status({ signature: { status, voidedBy, fault } }: { signature: Signature }) {
  const said = {
    valid: 'valid',
    'voided-by-change': `void: changed at revision ${voidedBy?.revision}`,
    invalid: `invalid: ${fault}`,
  }
  return <Badge tone={TONES[status]}>{said[status]}</Badge>
}
