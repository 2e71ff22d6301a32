import { useState } from 'react'
import { UNBLINDING_REASONS, type UnblindingReason } from '../../../../src/randomisation/reason-codes.js'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '../../../../src/trials/reason-codes.js'
import { openArm, withdrawEnrolled, type Enrolment } from '../../api/trials.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ConfirmField, ReasonField, TextField } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { useMay } from '../../session/use-session.js'

interface Props {
  trial: string
  of: Enrolment
  done: () => void
}

/** What the site may do about one participant: withdraw them, and open their arm in an emergency. */
export function EnrolmentSteps({ trial, of, done }: Props) {
  const withdraws = useMay('trial.enrol') && of.status === 'enrolled'
  const unblinds = useMay('allocation.unblind')
  return (
    <>
      {withdraws && <Withdrawal trial={trial} of={of} done={done} />}
      {unblinds && <Unblinding trial={trial} of={of} />}
    </>
  )
}

function Withdrawal({ trial, of: { code }, done }: Props) {
  const withdraw = (form: FormData) => withdrawEnrolled(trial, code, textOf(form, 'reason') as WithdrawalReason)
  return (
    <details>
      <summary>
        Withdraw<span className="visually-hidden"> {code}</span>
      </summary>
      <ActionForm submit="Withdraw for good" act={withdraw} done={done}>
        <ReasonField options={Object.entries(WITHDRAWAL_REASONS)} />
        <ConfirmField>What was done with their data before stays valid.</ConfirmField>
      </ActionForm>
    </details>
  )
}

function Unblinding({ trial, of: { code } }: Omit<Props, 'done'>) {
  const [arm, setArm] = useState<string>()
  const open = async (form: FormData) => {
    const asked = { reason: textOf(form, 'reason') as UnblindingReason, explanation: textOf(form, 'explanation') }
    setArm((await openArm(trial, code, asked)).arm)
  }
  if (arm !== undefined)
    return (
      <Notice tone="caution" live>
        <p>
          {code} is in arm <strong>{arm}</strong>. It was opened to you alone; somebody else reviews it within three
          days.
        </p>
      </Notice>
    )
  return (
    <details>
      <summary>
        Open the arm<span className="visually-hidden"> of {code}</span> in an emergency
      </summary>
      <ActionForm submit="Open the arm" act={open}>
        <ReasonField options={Object.entries(UNBLINDING_REASONS)} />
        <TextField
          label="What is happening"
          name="explanation"
          rows={2}
          hint="Ten characters at least; kept sealed."
          required
        />
        <ConfirmField>It raises an alarm, and whoever knows the arm knows it for good.</ConfirmField>
      </ActionForm>
    </details>
  )
}
