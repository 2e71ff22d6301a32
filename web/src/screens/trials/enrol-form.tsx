import { useState } from 'react'
import { enrolPerson, type Trial } from '../../api/trials.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Notice } from '../../components/notice.js'
import { Panel } from '../../components/panel.js'
import { useCaller, useMay } from '../../session/use-session.js'

/** Enrols a person of the site. The answer alone tells which code is theirs. */
export function EnrolForm({ trial: { trial, status, sites }, done }: { trial: Trial; done: () => void }) {
  const enrols = useMay('trial.enrol')
  const { site: own } = useCaller()
  const [enrolled, setEnrolled] = useState<string>()
  const open = sites.filter((site) => site.status === 'open').map(({ site }) => [site, site] as const)
  if (!enrols || status !== 'open' || open.length === 0) return null
  const enrol = async (form: FormData) => {
    const { code } = await enrolPerson(trial, textOf(form, 'subject'), textOf(form, 'site'))
    setEnrolled(code)
    done()
  }
  return (
    <Panel title="Enrol a person">
      {enrolled !== undefined && (
        <Notice tone="good" live>
          <p>
            Enrolled under the code <strong className="mono">{enrolled}</strong>. Note it with the person’s papers now:
            no list shows whose code it is.
          </p>
        </Notice>
      )}
      <ActionForm key={enrolled} submit="Enrol" act={enrol} primary>
        <TextField label="Person" name="subject" hint="Subject id, as on the page of the twin." required />
        <SelectField
          label="Site"
          name="site"
          value={open.some(([site]) => site === own) ? own! : ''}
          options={toChoose(open)}
          required
        />
      </ActionForm>
    </Panel>
  )
}
