import type { CancellationReason, QueryStatus } from '../../../../src/data-queries/codes.js'
import { answerDataQuery, cancelDataQuery, closeDataQuery, reQuery } from '../../api/data-queries.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { ReasonField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useMay } from '../../session/use-session.js'
import { CANCELLATIONS } from './query-words.js'

/** What the reader may do next: the service refuses what does not follow, and who did not ask. */
export function QuerySteps({ query, status, done }: { query: string; status: QueryStatus; done: () => void }) {
  const answers = useMay('data-query.answer')
  const asks = useMay('data-query.raise')
  const isOver = status === 'closed' || status === 'cancelled'
  return (
    <>
      {answers && status === 'open' && (
        <Panel title="Answer">
          <ActionForm
            submit="Answer it"
            act={(form) => answerDataQuery(query, filledIn(form, ['explanation', 'correction']))}
            done={done}
            primary
          >
            <TextField
              label="In words"
              name="explanation"
              rows={3}
              hint="Read by who asked: without names, numbers and dates of birth, and without an arm."
            />
            <TextField
              label="Corrected by"
              name="correction"
              hint="Id of the event, where the fact was corrected since it was asked."
            />
          </ActionForm>
        </Panel>
      )}
      {asks && status === 'answered' && (
        <Panel title="Is it settled?">
          <ActionForm submit="Close it" act={() => closeDataQuery(query)} done={done} primary />
          <ActionForm submit="Ask again" act={(form) => reQuery(query, textOf(form, 'question'))} done={done}>
            <TextField label="What is still open" name="question" rows={2} required />
          </ActionForm>
        </Panel>
      )}
      {asks && !isOver && (
        <Panel title="End it without an answer">
          <ActionForm
            submit="Cancel it"
            act={(form) => cancelDataQuery(query, textOf(form, 'reason') as CancellationReason)}
            done={done}
          >
            <ReasonField options={CANCELLATIONS} />
          </ActionForm>
        </Panel>
      )}
    </>
  )
}
