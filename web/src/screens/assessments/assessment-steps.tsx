import type { ResidualRisk, WithdrawalCause } from '../../../../src/assessments/events.js'
import { adviseOn, approveAssessment, withdrawAssessment, type Assessment } from '../../api/assessments.js'
import { ActionForm, momentOf, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useMay } from '../../session/use-session.js'
import { RESIDUAL_RISK_WORDS, WITHDRAWAL_WORDS } from './assessment-words.js'

/** Advice, approval and withdrawal, each for another person: nobody approves what they proposed or advised on. */
export function AssessmentSteps({ found, done }: { found: Assessment; done: () => void }) {
  const { assessment, revision, draft, approval } = found
  const advises = useMay('impact-assessment.advise')
  const approves = useMay('impact-assessment.approve')
  const withdraws = useMay('impact-assessment.withdraw')
  const advise = async (form: FormData) => {
    const residualRisk = textOf(form, 'residualRisk') as ResidualRisk
    await adviseOn(assessment, { revision, residualRisk, advice: textOf(form, 'advice') })
    done()
  }
  const approve = async (form: FormData) => {
    await approveAssessment(assessment, { revision, reviewBy: momentOf(form, 'reviewBy')! })
    done()
  }
  const withdraw = async (form: FormData) => {
    await withdrawAssessment(assessment, textOf(form, 'cause') as WithdrawalCause)
    done()
  }
  return (
    <>
      {advises && draft !== null && (
        <Panel title="Advise (Art 35(2))">
          <ActionForm submit="Record the advice" act={advise} primary>
            <SelectField
              label="Risk that remains"
              name="residualRisk"
              value="low"
              options={Object.entries(RESIDUAL_RISK_WORDS)}
            />
            <TextField label="Advice" name="advice" rows={3} hint="Kept sealed." required />
          </ActionForm>
        </Panel>
      )}
      {approves && draft?.advice && (
        <Panel title="Approve">
          <p>
            Sign below with the meaning “approval”; then it can be approved. A change in between asks for a new
            signature.
          </p>
          <ActionForm submit="Approve until the review" act={approve} primary>
            <TextField label="To be reviewed by" name="reviewBy" type="date" required />
          </ActionForm>
        </Panel>
      )}
      {withdraws && (draft !== null || approval !== null) && (
        <Panel title="Withdraw (Art 35(11))">
          <ActionForm submit="Withdraw it" act={withdraw}>
            <SelectField label="Because" name="cause" value="risk-changed" options={Object.entries(WITHDRAWAL_WORDS)} />
          </ActionForm>
        </Panel>
      )}
    </>
  )
}
