import type { ConsultationPosition } from '../../../../src/privacy/consultations/events.js'
import { answerConsultation, listConsultations, type AskedConsultation } from '../../api/consultations.js'
import { useList } from '../../api/use-list.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import type { Column } from '../../components/data-table.js'
import { ReasonField, TextField } from '../../components/field.js'
import { ListPanel } from '../../components/list-panel.js'
import { Page } from '../../components/page.js'
import { Time } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { POSITION_WORDS, STATUS_WORDS } from './consultation-words.js'

/** What the sponsor is asked before participants are erased. The controller decides; the sponsor is heard. */
export function ConsultationList() {
  const consultations = useList('consultations', listConsultations)
  const columns: Column<AskedConsultation>[] = [
    { title: 'Participant', show: ({ code }) => <code>{code}</code> },
    { title: 'Trial', show: ({ trial }) => <Link to={`/trials/${trial}`}>{trial.slice(0, 8)}</Link> },
    {
      title: 'State',
      show: ({ status }) => <Badge tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].text}</Badge>,
    },
    { title: 'Answer by', show: ({ dueOn }) => <Time at={dueOn} /> },
    { title: 'You said', show: ({ position }) => position && POSITION_WORDS[position] },
    { title: 'Next', show: (asked) => <Answer to={asked} done={consultations.reload} /> },
  ]
  return (
    <Page
      title="Before an erasure"
      lead="A participant asked for their data to be erased. Say once, by the day named, what the trial still needs them for: the controller decides with your answer before them, or without it."
    >
      <ListPanel
        title="What you are asked"
        caption="What you are asked, the latest day first"
        what="what you are asked"
        empty="You are asked about no erasure."
        list={consultations}
        columns={columns}
        rowKey={({ consultation }) => consultation}
      />
    </Page>
  )
}

function Answer({ to: { consultation, code, status }, done }: { to: AskedConsultation; done: () => void }) {
  if (status !== 'waiting') return null
  const answer = (form: FormData) => {
    const position = textOf(form, 'position') as ConsultationPosition
    return answerConsultation(consultation, { position, ...filledIn(form, ['statement']) })
  }
  return (
    <details>
      <summary>Answer about {code}</summary>
      <ActionForm submit="Answer for good" act={answer} done={done} primary>
        <ReasonField label="The data are" name="position" options={Object.entries(POSITION_WORDS)} />
        <TextField label="Why" name="statement" rows={2} hint="Kept sealed; who decides reads it." />
      </ActionForm>
    </details>
  )
}
