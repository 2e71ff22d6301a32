import { AI_ACT_CLASSES } from '../../../../src/models/registry/ai-act.js'
import { CASE_STEPS } from '../../../../src/models/registry/case-steps.js'
import type { ReopeningCause } from '../../../../src/models/registry/events.js'
import {
  approveVersion,
  classifyVersion,
  reopenCase,
  retireVersion,
  supersedeVersion,
  type Version,
} from '../../api/models.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { words } from '../../components/values.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { EvidenceFields, evidenceOf } from './evidence-fields.js'

interface Props {
  id: string
  version: string
  found: Version
  done: () => void
}

/** Approval on a signature, by somebody who had no part in the case. */
export function Approval({ id, version, found, done }: Props) {
  const approves = useMay('model.approve')
  const caller = useCaller()
  if (!approves || found.status !== 'adequate') return null
  if (found.authors.includes(caller.id))
    return <p className="quiet">You had a part in this case: somebody else approves it.</p>
  const approve = async () => {
    await approveVersion(id, version, found.credibilityCase.recordDigest, found.revision)
    done()
  }
  return (
    <>
      <p>
        Sign the case below with the meaning “approval”, then approve the version: it may then be used for decisions
        within its context.
      </p>
      <ActionForm submit="Approve the version" act={approve} primary />
    </>
  )
}

const named = (codes: readonly string[]) => codes.map((code) => [code, words(code)] as const)

const CAUSES: Record<ReopeningCause, string> = {
  drift: 'drift: it no longer performs as shown',
  'software-change': 'the software has changed',
  'new-evidence': 'there is new evidence',
  'review-finding': 'a review found something',
  inadequate: 'it turned out not to be adequate',
  correction: 'an error is corrected',
}

/** What whoever defines models may do beside the next step: classify, reopen, supersede, retire. */
export function VersionLife({ id, version, found, done }: Props) {
  const defines = useMay('model.define')
  const reopens = useMay('model.reopen')
  const { status, revision, credibilityCase } = found
  if (status === 'retired' || (!defines && !reopens)) return null
  const then = (act: (form: FormData) => Promise<unknown>) => async (form: FormData) => {
    await act(form)
    done()
  }
  const started = credibilityCase.steps.some((step) => step.done)
  return (
    <details>
      <summary>Classify, reopen, supersede or retire this version</summary>
      {defines && (
        <ActionForm submit="Classify" act={then((form) => classifyVersion(id, version, classOf(form), revision))}>
          <SelectField
            label="Under the EU AI Act"
            name="class"
            value={found.aiAct?.class ?? 'research-only'}
            options={named(AI_ACT_CLASSES)}
          />
          <TextField label="Article" name="basis" value={found.aiAct?.basis} required />
          <TextField label="Why" name="rationale" rows={2} value={found.aiAct?.rationale} required />
        </ActionForm>
      )}
      {reopens && started && (
        <ActionForm
          submit="Reopen the case"
          act={then(async (form) => reopenCase(id, version, await reopeningOf(form), revision))}
        >
          <SelectField label="Because" name="cause" value="drift" options={Object.entries(CAUSES)} />
          <SelectField label="From this step on" name="from" value="execution" options={named(CASE_STEPS)} />
          <TextField label="In words" name="explanation" rows={2} required />
          <EvidenceFields kind="monitoring" />
        </ActionForm>
      )}
      {defines && status === 'approved' && (
        <ActionForm
          submit="Put another version in its place"
          act={then((form) => supersedeVersion(id, version, textOf(form, 'by'), revision))}
        >
          <TextField label="Approved version" name="by" required />
        </ActionForm>
      )}
      {defines && (
        <ActionForm
          submit="Retire this version"
          act={then((form) => retireVersion(id, version, textOf(form, 'explanation'), revision))}
        >
          <TextField label="Why it is retired" name="explanation" hint="New runs are refused from then on." required />
        </ActionForm>
      )}
    </details>
  )
}

const classOf = (form: FormData): object => ({
  class: textOf(form, 'class'),
  basis: textOf(form, 'basis'),
  rationale: textOf(form, 'rationale'),
})

async function reopeningOf(form: FormData): Promise<object> {
  const evidence = await evidenceOf(form)
  return {
    cause: textOf(form, 'cause'),
    from: textOf(form, 'from'),
    explanation: textOf(form, 'explanation'),
    evidence: evidence === undefined ? [] : [evidence],
  }
}
