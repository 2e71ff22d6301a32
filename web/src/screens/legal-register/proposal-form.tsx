import type { Topic } from '../../../../src/frameworks/register/topics.js'
import { TOPIC_NAMES } from '../../../../src/frameworks/register/topics.js'
import {
  LEGAL_CONFIDENCES,
  LEGAL_KINDS,
  LEGAL_STATUSES,
  type LegalConfidence,
  type LegalKind,
  type LegalStatus,
} from '../../../../src/frameworks/register/vocabulary.js'
import { proposeEntry, type LegalText, type RegisterEntry } from '../../api/legal-register.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ChoicesField, SelectField, TextField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { CONFIDENCE_WORDS, shownText } from './register-words.js'

interface Props {
  /** Whose text is to change; without it, a new entry is proposed. */
  of?: RegisterEntry
  done: (id: string) => void
}

const DATE = 'A year, a month or a day: 2026, 2026-11 or 2026-11-20.'
const same = (values: readonly string[]) => values.map((value) => [value, value] as const)

/** All that an entry says. It holds once somebody else has approved it. */
export function ProposalForm({ of: known, done }: Props) {
  // A change goes on from what waits already.
  const text = known && (known.proposal?.change === 'entry' ? known.proposal.text : shownText(known))
  const propose = async (form: FormData) => {
    const { id } = await proposeEntry(textIn(form, known?.id ?? textOf(form, 'id')), known?.revision)
    done(id)
  }
  const form = (
    <ActionForm submit={known ? 'Propose the change' : 'Propose the entry'} act={propose} primary>
      {!known && <TextField label="Id" name="id" hint="Jurisdiction and a short name: us-p11." required />}
      <TextField label="Jurisdiction" name="jurisdiction" hint="EU, US or INT." value={text?.jurisdiction} required />
      <TextField label="Instrument" name="instrument" value={text?.instrument} wide required />
      <TextField label="Citation" name="citation" value={text?.citation ?? ''} />
      <SelectField label="Kind" name="kind" value={text?.kind ?? ''} options={toChoose(same(LEGAL_KINDS))} required />
      <SelectField
        label="Status"
        name="status"
        value={text?.status ?? ''}
        options={toChoose(same(LEGAL_STATUSES))}
        required
      />
      <TextField label="Published" name="published" value={text?.published ?? ''} hint={DATE} />
      <TextField label="In force" name="inForce" value={text?.inForce ?? ''} hint={DATE} />
      <TextField
        label="Applies from"
        name="appliesFrom"
        value={text?.appliesFrom.join(', ')}
        hint="Separated by commas, a region in front where they differ: EU 2027-12-02."
      />
      <TextField label="Applies until" name="appliesUntil" value={text?.appliesUntil ?? ''} hint={DATE} />
      <TextField label="Takes the place of" name="supersedes" value={text?.supersedes ?? ''} hint="Id of an entry." />
      <TextField label="Clauses" name="clauses" value={text?.clauses.join(', ')} hint="Separated by commas." />
      <ChoicesField label="What it touches" name="touches" options={same(TOPIC_NAMES)} chosen={text?.touches} />
      <TextField
        label="Requirements that answer it"
        name="controls"
        value={text?.controls.join(', ')}
        hint="Ids, separated by commas: TL-AUD-001."
      />
      <TextField label="Office that answers for it" name="owner" value={text?.owner ?? ''} />
      <TextField label="Address of the source" name="sourceUrl" value={text?.sourceUrl ?? ''} hint="https://…" wide />
      <SelectField
        label="How sure the facts are"
        name="confidence"
        value={text?.confidence ?? ''}
        options={toChoose(LEGAL_CONFIDENCES.map((code) => [code, CONFIDENCE_WORDS[code]] as const))}
        required
      />
      <TextField label="Note" name="note" value={text?.note ?? ''} rows={2} />
    </ActionForm>
  )
  return known ? <div className="panel-body">{form}</div> : <Panel title="Propose an entry">{form}</Panel>
}

/** Fields that were left empty are said to be null: an entry has all its fields. */
function textIn(form: FormData, id: string): LegalText {
  const orNull = (name: string) => textOf(form, name) || null
  return {
    id,
    jurisdiction: textOf(form, 'jurisdiction'),
    instrument: textOf(form, 'instrument'),
    citation: orNull('citation'),
    kind: textOf(form, 'kind') as LegalKind,
    status: textOf(form, 'status') as LegalStatus,
    published: orNull('published'),
    inForce: orNull('inForce'),
    appliesFrom: byCommas(form, 'appliesFrom'),
    appliesUntil: orNull('appliesUntil'),
    supersedes: orNull('supersedes'),
    clauses: byCommas(form, 'clauses'),
    touches: form.getAll('touches').map(String) as Topic[],
    controls: byCommas(form, 'controls'),
    owner: orNull('owner'),
    sourceUrl: orNull('sourceUrl'),
    confidence: textOf(form, 'confidence') as LegalConfidence,
    note: orNull('note'),
  }
}

const byCommas = (form: FormData, name: string): string[] =>
  textOf(form, name)
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
