import { useState } from 'react'
import { REQUEST_KIND_CODES, type RequestKind } from '../../../../src/privacy/codes.js'
import { PURPOSES } from '../../../../src/consents/codes.js'
import { fileRequest } from '../../api/privacy.js'
import { ActionForm, filledIn, momentOf, textOf } from '../../components/action-form.js'
import { ChoicesField, ReasonField, SelectField, TextField, toChoose } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { CHANNELS, kindText } from './privacy-words.js'

const KINDS = REQUEST_KIND_CODES.map((kind) => [kind, kindText(kind)] as const)

/** Files a request: a person's own, or one that somebody made at the site or by letter. The clock of Art 12(3) begins. */
export function FileRequest({ done }: { done: () => void }) {
  const own = useCaller().subject
  const reads = useMay('privacy.read')
  const contested = usePlace().query.get('decision') ?? undefined
  const [kind, setKind] = useState<RequestKind | ''>(contested === undefined ? '' : 'human-review')
  const [filed, setFiled] = useState<string>()
  const file = async (form: FormData) => {
    const receivedAt = momentOf(form, 'receivedAt')
    const purposes = form.getAll('purposes').map(String)
    const { request } = await fileRequest({
      subject: own ?? textOf(form, 'subject'),
      kind: textOf(form, 'kind'),
      channel: own === undefined ? textOf(form, 'channel') : 'electronic',
      ...(receivedAt !== undefined && { receivedAt }),
      ...(purposes.length > 0 && { purposes }),
      ...filledIn(form, ['decision', 'run', 'statement']),
    })
    setFiled(request)
    setKind('')
    done()
  }
  return (
    <Panel title={own === undefined ? 'File a request for somebody' : 'Ask about your data'}>
      {filed !== undefined && (
        <Notice tone="good" live>
          <p>
            The request is on record as{' '}
            {reads ? <Link to={`/privacy/${filed}`}>{filed.slice(0, 8)}</Link> : <code>{filed}</code>}. It is to be
            answered within a month.
          </p>
        </Notice>
      )}
      <ActionForm key={filed} submit="File the request" act={file} primary>
        <SelectField
          label="What is asked for"
          name="kind"
          value={kind}
          onChange={(chosen) => setKind(chosen as RequestKind | '')}
          options={toChoose(KINDS)}
          required
        />
        {own === undefined && (
          <>
            <TextField label="Person" name="subject" hint="Subject id, as on the page of the twin." required />
            <ReasonField label="How it was made" name="channel" options={CHANNELS} />
            <TextField label="Received" name="receivedAt" type="datetime-local" hint="Empty: now." />
          </>
        )}
        {kind === 'objection' && (
          <ChoicesField label="Objection to (none chosen: all)" name="purposes" options={Object.entries(PURPOSES)} />
        )}
        {kind === 'human-review' && (
          <>
            <TextField
              label="Decision"
              name="decision"
              value={contested}
              hint="Id of the decision that is contested."
            />
            <TextField label="Run" name="run" hint="Or of the run whose result is to be reviewed." />
          </>
        )}
        <TextField
          label={own === undefined ? 'In the person’s words' : 'In your words'}
          name="statement"
          rows={3}
          hint="Kept sealed, and read by who decides."
        />
      </ActionForm>
    </Panel>
  )
}
