import { CLOSING_REASONS, type ClosingReason } from '../../../../src/trials/reason-codes.js'
import { closeSite, closeTrial, type Trial } from '../../api/trials.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { useMay } from '../../session/use-session.js'

const REASONS = toChoose(Object.entries(CLOSING_REASONS))

/** Closes a site, or the trial for good: its id stays, and nobody is enrolled under it any more. */
export function ClosingPanel({ trial: { trial, status, sites, revision }, done }: { trial: Trial; done: () => void }) {
  const manages = useMay('trial.manage')
  const open = sites.filter((site) => site.status === 'open').map(({ site }) => [site, site] as const)
  if (!manages || status === 'closed') return null
  const endSite = async (form: FormData) => {
    await closeSite(trial, textOf(form, 'site'), revision)
    done()
  }
  const end = async (form: FormData) => {
    await closeTrial(trial, textOf(form, 'reason') as ClosingReason, revision)
    done()
  }
  return (
    <Panel title="Close a site or the trial">
      {open.length > 0 && (
        <ActionForm submit="Close the site" act={endSite}>
          <SelectField label="Site" name="site" value="" options={toChoose(open)} required />
        </ActionForm>
      )}
      <ActionForm submit="Close the trial for good" act={end}>
        <SelectField label="Because" name="reason" value="" options={REASONS} required />
      </ActionForm>
      <p className="quiet">
        Nobody is enrolled any more; who takes part can still be withdrawn, and what is on record stays.
      </p>
    </Panel>
  )
}
