import type { CheckOutcome, RetirementReason } from '../../../../src/frameworks/register/vocabulary.js'
import { checkEntry, judgeProposal, proposeRetirement, type RegisterEntry } from '../../api/legal-register.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { ReasonField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { OUTCOME_WORDS, RETIREMENT_WORDS } from './register-words.js'

interface Props {
  found: RegisterEntry
  done: () => void
}

/** Deciding on what waits, holding the entry against its source, retiring it. */
export function EntrySteps({ found, done }: Props) {
  const edits = useMay('legal-register.edit')
  const approves = useMay('legal-register.approve')
  const { id } = useCaller()
  const { entry, proposal } = found
  return (
    <>
      {approves && proposal && proposal.proposer !== id && <Judgement found={found} done={done} />}
      {edits && entry !== null && <CheckForm found={found} done={done} />}
      {edits && entry !== null && <RetirementForm found={found} done={done} />}
    </>
  )
}

/** Who approves has held the change against its source, and says on which day. */
function Judgement({ found: { id, revision }, done }: Props) {
  const approve = (form: FormData) =>
    judgeProposal(
      id,
      { outcome: 'approved', checkedOn: textOf(form, 'checkedOn'), remark: textOf(form, 'remark') },
      revision,
    )
  const reject = (form: FormData) =>
    judgeProposal(id, { outcome: 'rejected', remark: textOf(form, 'remark') }, revision)
  return (
    <Panel title="Decide on what was proposed">
      <ActionForm submit="Approve it" act={approve} done={done} primary>
        <TextField label="Held against its source on" name="checkedOn" type="date" required />
        <TextField label="What it was compared with" name="remark" rows={2} required />
      </ActionForm>
      <ActionForm submit="Reject it" act={reject} done={done}>
        <TextField label="Why it is rejected" name="remark" rows={2} required />
      </ActionForm>
    </Panel>
  )
}

function CheckForm({ found: { id, revision }, done }: Props) {
  const check = (form: FormData) =>
    checkEntry(
      id,
      {
        checkedOn: textOf(form, 'checkedOn'),
        outcome: textOf(form, 'outcome') as CheckOutcome,
        remark: textOf(form, 'remark'),
      },
      revision,
    )
  return (
    <Panel title="Hold it against its source">
      <ActionForm submit="Record the check" act={check} done={done}>
        <TextField label="Looked up on" name="checkedOn" type="date" required />
        <ReasonField label="Found" name="outcome" options={Object.entries(OUTCOME_WORDS)} />
        <TextField label="What was compared" name="remark" rows={2} required />
      </ActionForm>
    </Panel>
  )
}

function RetirementForm({ found: { id, revision, proposal }, done }: Props) {
  if (proposal?.change === 'retirement') return null
  const retire = (form: FormData) => {
    const { supersededBy = null } = filledIn(form, ['supersededBy'])
    return proposeRetirement(id, { reason: textOf(form, 'reason') as RetirementReason, supersededBy }, revision)
  }
  return (
    <Panel title="Propose to retire it">
      <ActionForm submit="Propose it" act={retire} done={done}>
        <ReasonField options={Object.entries(RETIREMENT_WORDS)} />
        <TextField label="Superseded by" name="supersededBy" hint="Id of the other entry, where it is superseded." />
      </ActionForm>
    </Panel>
  )
}
