import type { Provenance } from '../../api/body.js'
import { Details } from '../../components/details.js'
import { Panel } from '../../components/panel.js'
import { ShortId } from '../../components/values.js'
import { inPrint } from '../../components/unit.js'

/** Which measurements and models it was computed from. */
export function BodySources({ provenance: { inputs, models, twinRevision } }: { provenance: Provenance }) {
  return (
    <Panel title="Where it comes from">
      <Details
        items={[
          ['Revision of the twin', twinRevision],
          ...models.map(({ id, version }) => ['Model', `${id} ${version}`] as const),
          ...inputs.map(
            ({ input, value, unit, sources }) =>
              [
                input,
                <>
                  {typeof value === 'number'
                    ? value.toLocaleString('en', { maximumSignificantDigits: 4 })
                    : String(value)}
                  {unit !== undefined && inPrint(unit)} {sources[0]?.observedAt?.slice(0, 10)}
                  {sources
                    .flatMap(({ eventId = [] }) => eventId)
                    .map((eventId) => (
                      <span key={eventId}>
                        {' '}
                        · <ShortId id={eventId} />
                      </span>
                    ))}
                </>,
              ] as const,
          ),
        ]}
      />
    </Panel>
  )
}
