import type { NoticeWithdrawalReason } from '../../../../src/notices/codes.js'
import { judgeNotice, publishNotice, withdrawNotice, type NoticeVersion, type TextName } from '../../api/notices.js'
import { ActionForm, momentOf, textOf } from '../../components/action-form.js'
import { ConfirmField, ReasonField, TextField } from '../../components/field.js'
import { useMay } from '../../session/use-session.js'
import { WITHDRAWAL_WORDS } from './notice-words.js'

/** For somebody who did not write it; the service refuses its author. */
export function JudgeText({ name, sha256, done }: { name: TextName; sha256: string; done: () => void }) {
  const approves = useMay('consent-notice.approve')
  if (!approves) return null
  const judge = (outcome: string) => (form: FormData) =>
    judgeNotice(name, { outcome, sha256, remark: textOf(form, 'remark') })
  return (
    <>
      <ActionForm submit="Approve this text" act={judge('approved')} done={done} primary>
        <TextField label="What was looked at" name="remark" rows={2} required />
      </ActionForm>
      <ActionForm submit="Reject this text" act={judge('rejected')} done={done}>
        <TextField label="What is wrong with it" name="remark" rows={2} required />
      </ActionForm>
    </>
  )
}

/** Publishing what is approved, and withdrawing what is public. */
export function VersionSteps({ notice, of, done }: { notice: string; of: NoticeVersion; done: () => void }) {
  const publishes = useMay('consent-notice.publish')
  const { version, texts, inForceFrom, withdrawn } = of
  if (!publishes || withdrawn !== null) return null
  const waiting = texts.filter(({ status }) => status === 'approved').map(({ language }) => language)
  return (
    <>
      {waiting.length > 0 && (
        <ActionForm
          submit={`Publish ${version} (${waiting.join(', ')})`}
          act={(form) => publishNotice({ notice, version }, momentOf(form, 'inForceFrom'))}
          done={done}
          primary
        >
          {inForceFrom === null && (
            <TextField label="In force from" name="inForceFrom" type="datetime-local" hint="Empty: from now on." />
          )}
          <ConfirmField>The text is made public and can never be changed.</ConfirmField>
        </ActionForm>
      )}
      {inForceFrom !== null && (
        <ActionForm
          submit={`Withdraw ${version}`}
          act={(form) => withdrawNotice({ notice, version }, textOf(form, 'reason') as NoticeWithdrawalReason)}
          done={done}
        >
          <ReasonField options={Object.entries(WITHDRAWAL_WORDS)} />
        </ActionForm>
      )}
    </>
  )
}
