import { sampleTwins, type Review } from '../../api/reviews.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { Details } from '../../components/details.js'
import { TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { plural } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { useCaller, useMay } from '../../session/use-session.js'

interface Props {
  found: Review
  done: () => void
}

/** The coded twins that the reviewer may read until the review is closed: drawn by the ledger, once, and by nobody's choice. */
export function TwinSample({ found, done }: Props) {
  const draws = useMay('audit-review.sample-twins')
  const { id } = useCaller()
  const { review, status, plan, reviewer, twinSample } = found
  if (twinSample) return <Drawn found={found} sample={twinSample} />
  if (!draws || plan.trial === undefined || status !== 'under-way' || reviewer !== id) return null
  return (
    <Panel title="Look into coded twins">
      <p className="quiet">
        Drawn at random from those enrolled, once for this review. You may read these twins, coded and on record, until
        the review is closed, and no others.
      </p>
      <ActionForm submit="Draw the twins" act={(form) => sampleTwins(review, Number(textOf(form, 'size')))} done={done}>
        <TextField label="How many" name="size" type="number" min={1} max={500} value="10" required />
      </ActionForm>
    </Panel>
  )
}

function Drawn({ found, sample }: { found: Review; sample: NonNullable<Review['twinSample']> }) {
  const { review, status, reviewer } = found
  const { id } = useCaller()
  const { seed, size, population, belowPosition, codes } = sample
  const reads = reviewer === id && status !== 'closed'
  return (
    <Panel title="Coded twins drawn for this review" aside={reads && <Link to="/twins">Read these twins</Link>}>
      <Details
        items={[
          ['Drawn', `${plural(codes.length, 'participant')} of ${population} enrolled, ${size} asked for`],
          ['Participants', codes.join(', ')],
          ['Seed', <code>{seed}</code>],
          [
            'Drawn from',
            <>
              what was on record before position {belowPosition}:{' '}
              <Link to={`/audit?stream=audit-review-${review}`}>proof and everything done in this review</Link>
            </>,
          ],
        ]}
      />
    </Panel>
  )
}
