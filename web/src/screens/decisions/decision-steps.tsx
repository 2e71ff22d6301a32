import { useState } from 'react'
import { isInForce, type DecisionState } from '../../../../src/privacy/decisions/decision-state.js'
import { CONTEST_VERDICTS, type ContestVerdict } from '../../../../src/privacy/decisions/events.js'
import { adoptDecision, judgeContest, reviewDecision } from '../../api/decisions.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { ReasonField, SelectField, TextField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { VERDICT_WORDS } from './decision-words.js'

interface Props {
  decision: string
  standing: DecisionState
  done: () => void
}

/** What the reader may do: agree, adopt, judge what was contested, contest it. The service refuses who had a part in it. */
export function DecisionSteps({ decision, standing, done }: Props) {
  const takes = useMay('decision.take')
  const judges = useMay('decision.judge')
  const { subject } = useCaller()
  const { proposed, status, contests } = standing
  const contested = [...contests].find(([, verdict]) => verdict === null)?.[0]
  const adopts = status === 'agreed' || (status === 'proposed' && proposed?.significant === false)
  return (
    <>
      {takes && status === 'proposed' && <ReviewForm decision={decision} done={done} />}
      {takes && adopts && (
        <Panel title="Let it hold">
          <ActionForm submit="Adopt the decision" act={() => adoptDecision(decision)} done={done} primary />
        </Panel>
      )}
      {judges && contested !== undefined && <JudgeForm decision={decision} request={contested} done={done} />}
      {subject !== undefined && isInForce(standing) && (
        <p>
          You can have a person look at it again, without saying why:{' '}
          <Link to={`/privacy?decision=${decision}`}>contest the decision</Link>.
        </p>
      )}
    </>
  )
}

const AGREEMENTS = [
  ['yes', 'agree: it may be adopted'],
  ['no', 'do not agree: it ends here'],
] as const

/** Somebody other than who proposed it looks at the run and says what they make of it. */
function ReviewForm({ decision, done }: Omit<Props, 'standing'>) {
  const review = (form: FormData) => reviewDecision(decision, textOf(form, 'agrees') === 'yes', textOf(form, 'reasons'))
  return (
    <Panel title="Review it as a person">
      <ActionForm submit="Record the review" act={review} done={done} primary>
        <ReasonField label="Having looked at the run, I" name="agrees" options={AGREEMENTS} />
        <TextField label="Reasons" name="reasons" rows={3} hint="Kept sealed; the person may read them." required />
      </ActionForm>
    </Panel>
  )
}

const VERDICTS = CONTEST_VERDICTS.map((verdict) => [verdict, VERDICT_WORDS[verdict]] as const)

function JudgeForm({ decision, request, done }: Omit<Props, 'standing'> & { request: string }) {
  const [verdict, setVerdict] = useState<ContestVerdict | ''>('')
  const judge = (form: FormData) =>
    judgeContest(decision, request, {
      verdict: textOf(form, 'verdict') as ContestVerdict,
      reasons: textOf(form, 'reasons'),
      ...filledIn(form, ['meaning']),
    })
  return (
    <Panel title="Judge what was contested">
      <p className="quiet">By somebody who had no part in the decision, with authority to change it.</p>
      <ActionForm submit="Record the verdict" act={judge} done={done} primary>
        <SelectField
          label="Verdict"
          name="verdict"
          value={verdict}
          onChange={(chosen) => setVerdict(chosen as ContestVerdict | '')}
          options={toChoose(VERDICTS)}
          required
        />
        <TextField label="Reasons" name="reasons" rows={3} hint="Kept sealed; the person may read them." required />
        {verdict === 'changed' && (
          <TextField label="What it means for the person now" name="meaning" rows={2} required />
        )}
      </ActionForm>
    </Panel>
  )
}
