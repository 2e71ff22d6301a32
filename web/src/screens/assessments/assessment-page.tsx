import { readAssessment, type Assessment } from '../../api/assessments.js'
import { useResource } from '../../api/use-resource.js'
import { Details } from '../../components/details.js'
import { Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { ShortId, Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { RecordSignatures } from '../signatures/record-signatures.js'
import { AssessmentSteps } from './assessment-steps.js'
import { purposeText } from '../consents/consent-words.js'
import { AssessmentState, RESIDUAL_RISK_WORDS, ReviewBy } from './assessment-words.js'

/** One impact assessment: what was written, advised and approved, and the next step. */
export function AssessmentPage({ assessment }: { assessment: string }) {
  const { resource, reload } = useResource(`impact assessment ${assessment}`, (signal) =>
    readAssessment(assessment, signal),
  )
  return (
    <Page
      title="Impact assessment"
      lead={
        <>
          <code>{assessment}</code> · <Link to="/impact-assessments">all assessments</Link> ·{' '}
          <Link to={`/audit?stream=impact-assessment-${assessment}`}>its history</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the impact assessment">
        {(found) => (
          <>
            <Outline found={found} />
            <Texts found={found} />
            <AssessmentSteps found={found} done={reload} />
            <RecordSignatures
              stream={`impact-assessment-${assessment}`}
              revision={found.revision}
              suggested="approval"
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Outline({ found: { use, status, draft, approval } }: { found: Assessment }) {
  return (
    <Panel title="Where it stands" aside={<AssessmentState status={status} />}>
      <Details
        items={[
          [
            'Model',
            <Link to={`/models/${encodeURIComponent(use.model)}`}>
              {use.model} {use.version ?? '(every version)'}
            </Link>,
          ],
          ['Purpose', purposeText(use.purpose)],
          ['Round under way by', draft && <ShortId id={draft.proposedBy} />],
          ['Advised by', draft?.advice && <ShortId id={draft.advice.by} />],
          ['Residual risk as advised', draft?.advice && RESIDUAL_RISK_WORDS[draft.advice.residualRisk]],
          [
            'Approved by',
            approval && (
              <>
                <ShortId id={approval.by} />, <Time at={approval.at} />
              </>
            ),
          ],
          ['Residual risk as approved', approval && RESIDUAL_RISK_WORDS[approval.residualRisk]],
          ['Counts until its review', approval && <ReviewBy approval={approval} />],
        ]}
      />
    </Panel>
  )
}

function Texts({ found: { texts, advice } }: { found: Assessment }) {
  return (
    <Panel title="What was written">
      {texts === null ? (
        <p className="quiet">What was written is not open to your role, or was never written.</p>
      ) : (
        <Details
          items={[
            ['Processing and purposes', texts.description],
            ['Necessity', texts.necessity],
            ['Risks', texts.risks],
            ['Measures', texts.measures],
            ['Advice of the data protection officer', advice],
          ]}
        />
      )}
    </Panel>
  )
}
