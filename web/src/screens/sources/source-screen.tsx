import { SOURCE_KINDS, type SourceKind } from '../../../../src/sources/events.js'
import type { RevokingReason } from '../../../../src/sources/revoking-reasons.js'
import { listSources, registerSource, revokeSource, type Source } from '../../api/sources.js'
import { useResource } from '../../api/use-resource.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { Badge } from '../../components/badge.js'
import { DataTable, type Column } from '../../components/data-table.js'
import { ConfirmField, ReasonField, TextField } from '../../components/field.js'
import { Empty, Loaded } from '../../components/loaded.js'
import { Page } from '../../components/page.js'
import { Panel } from '../../components/panel.js'
import { plural, ShortId, Time, words } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useMay } from '../../session/use-session.js'

const KINDS = SOURCE_KINDS.map((kind) => [kind, words(kind)] as const)

const REVOKING: Record<RevokingReason, string> = {
  decommissioned: 'it is switched off',
  'not-trusted': 'it is not trusted any more',
  'data-faulty': 'its data are faulty',
  'agreement-ended': 'the agreement has ended',
}

/** Which systems and devices data is taken from; data of any other is refused (21 CFR 11.10(h)). */
export function SourceScreen() {
  const { resource, reload } = useResource('sources', listSources)
  const registers = useMay('source.register')
  const columns: Column<Source>[] = [
    { title: 'Source', show: ({ source }) => <code>{source}</code> },
    { title: 'Kind', show: ({ kind }) => words(kind) },
    { title: 'State', show: (source) => <State of={source} /> },
    { title: 'Registered', show: ({ registeredAt }) => <Time at={registeredAt} /> },
    { title: 'By', show: ({ registeredBy }) => <ShortId id={registeredBy} /> },
    ...(registers ? [{ title: 'Next', show: (source: Source) => <Revoke of={source} done={reload} /> }] : []),
  ]
  return (
    <Page
      title="Data sources"
      lead={
        <>
          Systems and devices whose data is taken; what comes from any other is refused. What was taken from a source
          stays when it is revoked. <Link to="/audit?type=source.*">Every change</Link>
        </>
      }
    >
      <Loaded resource={resource} retry={reload} what="the sources">
        {({ sources }) => (
          <Panel title="Sources" aside={<span className="quiet">{plural(sources.length, 'source')}</span>} flush>
            {sources.length === 0 ? (
              <Empty>No source is registered: no data is taken.</Empty>
            ) : (
              <DataTable caption="Data sources" columns={columns} rows={sources} rowKey={({ source }) => source} />
            )}
          </Panel>
        )}
      </Loaded>
      {registers && <RegisterForm done={reload} />}
    </Page>
  )
}

function State({ of: { revokedAt, reason } }: { of: Source }) {
  if (revokedAt === undefined) return <Badge tone="good">taken</Badge>
  return (
    <>
      <Badge tone="bad">revoked</Badge> <Time at={revokedAt} />
      {reason && `: ${REVOKING[reason]}`}
    </>
  )
}

function Revoke({ of: { source, revokedAt }, done }: { of: Source; done: () => void }) {
  if (revokedAt !== undefined) return null
  return (
    <details>
      <summary>Revoke</summary>
      <ActionForm
        submit="Revoke the source"
        act={(form) => revokeSource(source, textOf(form, 'reason') as RevokingReason)}
        done={done}
      >
        <ReasonField options={Object.entries(REVOKING)} />
        <ConfirmField>Its data is refused from now on.</ConfirmField>
      </ActionForm>
    </details>
  )
}

function RegisterForm({ done }: { done: () => void }) {
  const register = (form: FormData) => registerSource(textOf(form, 'source'), textOf(form, 'kind') as SourceKind)
  return (
    <Panel title="Register a source">
      <ActionForm submit="Register it" act={register} done={done} primary>
        <TextField
          label="Name under which its data arrives"
          name="source"
          hint="As bundles or the sending system state it: clinic-ehr, or a URI. Never a person’s name."
          required
        />
        <ReasonField label="Kind" name="kind" options={KINDS} />
      </ActionForm>
    </Panel>
  )
}
