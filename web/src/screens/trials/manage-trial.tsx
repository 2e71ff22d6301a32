import { TRIAL_PHASES } from '../../../../src/trials/events.js'
import { openSite, registerTrial, type Trial } from '../../api/trials.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { words } from '../../components/values.js'
import { go } from '../../routing/location.js'
import { useCaller, useMay } from '../../session/use-session.js'

/** Registers a trial of the caller's own organisation. */
export function RegisterTrial() {
  const manages = useMay('trial.manage')
  const { org } = useCaller()
  if (!manages || org === undefined) return null
  const register = async (form: FormData) => {
    const { trial } = await registerTrial({
      code: textOf(form, 'code'),
      title: textOf(form, 'title'),
      sponsor: org,
      protocol: { id: textOf(form, 'protocol'), version: textOf(form, 'version') },
      ...filledIn(form, ['phase']),
    })
    go(`/trials/${trial}`)
  }
  return (
    <Panel title="Register a trial">
      <ActionForm submit="Register it" act={register}>
        <TextField label="Number" name="code" hint="For instance the EU CT number." required />
        <TextField label="Protocol" name="protocol" hint="Its id: PROT-042." required />
        <TextField label="Version of the protocol" name="version" hint="2.1" required />
        <SelectField
          label="Phase"
          name="phase"
          value=""
          options={[['', 'none stated'], ...TRIAL_PHASES.map((phase) => [phase, words(phase)] as const)]}
        />
        <TextField label="Public title" name="title" wide required />
      </ActionForm>
    </Panel>
  )
}

/** Opens a site, so that persons can be enrolled there. */
export function OpenSite({ trial: { trial, status, revision }, done }: { trial: Trial; done: () => void }) {
  const manages = useMay('trial.manage')
  if (!manages || status === 'closed') return null
  const open = (form: FormData) =>
    openSite(trial, { site: textOf(form, 'site'), country: textOf(form, 'country').toUpperCase() }, revision)
  return (
    <Panel title="Open a site">
      <ActionForm submit="Open it" act={open} done={done}>
        <TextField label="Site" name="site" hint="Its id: evaluation-site-1." required />
        <TextField label="Country" name="country" hint="Two letters: CH." required />
      </ActionForm>
    </Panel>
  )
}
