import { FACT_FIELDS } from '../../../../src/twins/fact-fields.js'
import { raiseDataQuery } from '../../api/data-queries.js'
import type { Twin } from '../../api/twins.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { Details } from '../../components/details.js'
import { ReasonField, TextField } from '../../components/field.js'
import { memberText } from '../../components/history.js'
import { Empty } from '../../components/loaded.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { go, usePlace, withQuery } from '../../routing/location.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { factName, factTime, factValue } from '../twins/fact-words.js'
import { QUERY_REASON_OPTIONS } from './query-words.js'

/** Where a fact can be asked about, for those who look after data and may not change them. */
export function AskLink({ fact, what }: { fact: string; what: string }) {
  const place = usePlace()
  const asks = useMay('data-query.raise')
  if (!asks) return null
  return (
    <Link to={withQuery(place, { view: 'ask', fact })}>
      Raise a query<span className="visually-hidden"> about {what}</span>
    </Link>
  )
}

/** Asks about the fact that the address names. The fact stays as it is until the site corrects it. */
export function RaiseQuery({ twin: { twin, facts } }: { twin: Twin }) {
  const place = usePlace()
  const { role, trials } = useCaller()
  const id = place.query.get('fact')
  const fact = facts.find((one) => one.id === id)
  const back = <Link to={withQuery(place, { view: undefined, fact: undefined })}>Back to the facts</Link>
  if (!fact?.value || fact.kind === null)
    return <Empty>This fact is not on record at this point, or was erased, and cannot be asked about. {back}</Empty>
  const raise = async (form: FormData) => {
    const asked = {
      field: textOf(form, 'field'),
      reason: textOf(form, 'reason'),
      question: textOf(form, 'question'),
      ...filledIn(form, ['trial']),
    }
    const { query } = await raiseDataQuery(twin, fact.id, asked)
    go(`/data-queries/${query}`)
  }
  return (
    <Panel title="Raise a data query" aside={back}>
      <Details
        items={[
          ['Fact', factName(fact.value)],
          ['Value', <strong>{factValue(fact.value)}</strong>],
          ['When', factTime(fact.value) && <Time at={factTime(fact.value)?.at} />],
          ['Source', fact.value.source.system],
        ]}
      />
      {fact.status !== 'current' && (
        <Notice tone="caution">This version of the fact was {fact.status}; a newer one may be meant.</Notice>
      )}
      <ActionForm submit="Ask the site" act={raise} primary>
        <ReasonField
          label="What is asked about"
          name="field"
          options={FACT_FIELDS[fact.kind].map((field) => [field, memberText(field)] as const)}
        />
        <ReasonField options={QUERY_REASON_OPTIONS} />
        {role === 'sponsor' ? (
          <ReasonField label="In the trial" name="trial" options={trials.map((trial) => [trial, trial] as const)} />
        ) : (
          <TextField label="Trial" name="trial" hint="Its id, where the question belongs to one." />
        )}
        <TextField
          label="Question"
          name="question"
          rows={3}
          hint="Kept sealed. The investigator of the site reads it and answers."
          required
        />
      </ActionForm>
    </Panel>
  )
}
