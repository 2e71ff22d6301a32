import { useState } from 'react'
import { decideExpired, listCases, lookForDue, type RetentionCase } from '../../api/retention.js'
import { useAction } from '../../api/use-action.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { SelectField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Pager } from '../../components/pager.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { ShortId, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { CLASSES, RETENTION } from '../privacy/privacy-words.js'
import { CaseState } from './retention-words.js'

const COLUMNS: Column<RetentionCase>[] = [
  { title: 'Person', show: ({ subject }) => <ShortId id={subject} /> },
  { title: 'Data', show: ({ keyClass }) => words(keyClass) },
  { title: 'State', show: ({ status }) => <CaseState status={status} /> },
  { title: 'Kept until', show: ({ until }) => <Time at={until} /> },
  { title: 'Records', show: ({ recordClasses }) => recordClasses.map(words).join(', ') },
  { title: 'Erasure', show: ({ erasure }) => erasure && <ShortId id={erasure} /> },
  { title: 'Proof', show: ({ position }) => <Link to={`/audit/${position}`}>{position}</Link> },
]

/** What is due, and the decision on it. */
export function Cases() {
  const cursor = usePlace().query.get('cursor') ?? undefined
  const { resource, reload } = useResource(`cases ${cursor}`, (signal) => listCases(undefined, cursor, signal))
  const manages = useMay('retention.manage')
  const decides = useMay('privacy.decide')
  return (
    <Loaded resource={resource} retry={reload} what="what is due">
      {({ items, next }) => {
        const due = [...new Set(items.filter(({ status }) => status === 'open').map(({ subject }) => subject))]
        return (
          <>
            <Panel title="What is due" aside={manages && <LookNow done={reload} />} flush>
              {items.length === 0 ? (
                <Empty>Nothing is due. The service looks every hour.</Empty>
              ) : (
                <DataTable caption="What is due" columns={COLUMNS} rows={items} rowKey={(each) => each.case} />
              )}
            </Panel>
            <Pager next={next} />
            {decides && due.map((subject) => <DecideForm key={subject} subject={subject} done={reload} />)}
          </>
        )
      }}
    </Loaded>
  )
}

function LookNow({ done }: { done: () => void }) {
  const [found, setFound] = useState<string>()
  const { run, busy, problem } = useAction(async () => {
    const { opened, heldBack } = await lookForDue()
    setFound(`${opened} found due, ${heldBack} kept by a hold`)
    done()
  })
  return (
    <span className="actions">
      {found !== undefined && (
        <span className="quiet" role="status">
          {found}
        </span>
      )}
      <button type="button" className="button plain" disabled={busy} onClick={() => void run()}>
        Look now
      </button>
      {problem && <Problem problem={problem} />}
    </span>
  )
}

const OTHERWISE = [
  ['', 'is erased, or is not due'],
  ...RETENTION.map(([code, text]) => [code, `is kept: ${text}`] as const),
] as const

/** What is due goes; whatever else the person has stays, with its ground. Two more persons confirm and execute. */
function DecideForm({ subject, done }: { subject: string; done: () => void }) {
  const decide = async (form: FormData) => {
    const retained = CLASSES.map(([code]) => ({ class: code, ground: textOf(form, code) }))
    await decideExpired(
      subject,
      retained.filter(({ ground }) => ground !== ''),
    )
    done()
  }
  return (
    <Panel title={`Decide on person ${subject.slice(0, 8)}`}>
      <ActionForm submit="Decide on the erasure" act={decide}>
        {CLASSES.map(([code, title]) => (
          <SelectField key={code} label={title} name={code} value="" options={OTHERWISE} />
        ))}
      </ActionForm>
    </Panel>
  )
}
