import { lazy, Suspense, useState, type FormEvent } from 'react'
import { PURPOSES } from '../../../../src/consents/codes.js'
import { readBody, type Body, type BodyPart } from '../../api/body.js'
import { useAction } from '../../api/use-action.js'
import { SelectField } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Problem } from '../../components/problem.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { BodyFigures } from './body-figures.js'
import { BodySources } from './body-sources.js'
import { SegmentKey } from './segment-key.js'

const Viewer = lazy(() => import('./viewer.js'))

const PARTS: readonly [BodyPart, string][] = [
  ['left-ventricle', 'Left ventricle'],
  ['body', 'Organs and left ventricle'],
]

/** Shows a twin's body on request: the models run on the person's data, so consent is asked and the reading recorded. */
export function BodyView({ twin }: { twin: string }) {
  const may = useMay('body.read')
  const own = useCaller().role === 'participant'
  const [body, setBody] = useState<Body>()
  const reading = useAction(async (part: BodyPart, purpose: string) => {
    setBody(undefined)
    setBody(await readBody(twin, part, purpose))
  })
  if (!may) return <Notice tone="caution">Your role does not see bodies in three dimensions.</Notice>

  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const purpose = own ? 'PATRQT' : String(form.get('purpose'))
    void reading.run(form.get('part') as BodyPart, purpose)
  }
  return (
    <>
      <Panel title="The body in three dimensions">
        <p className="small quiet">
          Computed by models from what is recorded. That you looked, and the consent it rests on, go on record.
        </p>
        <form className="form" onSubmit={show}>
          <SelectField label="Part" name="part" value="left-ventricle" options={PARTS} />
          {!own && <SelectField label="Purpose" name="purpose" value="HRESCH" options={Object.entries(PURPOSES)} />}
          <button type="submit" className="button primary" disabled={reading.busy}>
            {reading.busy ? 'Computing …' : 'Show it'}
          </button>
        </form>
        {reading.problem && <Problem problem={reading.problem} />}
      </Panel>
      {body && <Shown key={body.provenance.kind} body={body} />}
    </>
  )
}

function Shown({ body }: { body: Body }) {
  const [segment, setSegment] = useState<number | null>(null)
  const { provenance, segments, glb } = body
  const beats = segments.length > 0
  const label = `${provenance.kind === 'body' ? 'The organs of this person' : 'The left ventricle of this person in 17 segments'}${beats ? ', beating' : ''}; all its figures are in the tables below.`
  return (
    <>
      <Panel title={provenance.kind === 'body' ? 'Organs' : 'Left ventricle'}>
        <Notice tone="caution">{provenance.notice}</Notice>
        <div className="body-stage">
          <Suspense fallback={<p role="status">Preparing the picture …</p>}>
            <Viewer glb={glb} label={label} beats={beats} segmented={beats} segment={segment} />
          </Suspense>
          {beats && <SegmentKey segments={segments} chosen={segment} choose={setSegment} />}
        </div>
        <ul className="small quiet">
          {provenance.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      </Panel>
      <BodyFigures measures={provenance.measures} />
      <BodySources provenance={provenance} />
    </>
  )
}
