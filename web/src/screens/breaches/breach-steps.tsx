import { COMMUNICATION_EXCEPTIONS } from '../../../../src/breaches/codes.js'
import { takeBreachStep, type Breach, type BreachStep } from '../../api/breaches.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { ChoicesField, SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'

const CHANNELS = [
  ['direct', 'each person directly'],
  ['public', 'a public communication'],
] as const
const EXCEPTIONS = Object.entries(COMMUNICATION_EXCEPTIONS).map(([code, text]) => [code, text] as const)

/** The steps of Art 33 and 34 that are open: the service says which are missing and refuses those that are not due. */
export function BreachSteps({ known, done }: { known: Breach; done: () => void }) {
  const { breach, missingSteps, facts } = known
  const take =
    (step: BreachStep, bodyOf: (form: FormData) => object = () => ({})) =>
    async (form: FormData) => {
      await takeBreachStep(breach, step, bodyOf(form))
      done()
    }
  const toAuthority = missingSteps.some((step) => step === 'authority-notification' || step === 'later-facts')
  const toPersons = missingSteps.some((step) => step === 'communication' || step === 'public-communication')
  return (
    <Panel title="Next steps">
      {toAuthority && (
        <ActionForm submit="The authority was notified" act={take('authority-notification', notificationOf)}>
          <TextField label="Authority" name="authority" hint="Its code, such as de-be-blnbdi." required />
          <TextField label="Reasons for the delay" name="reasonsForDelay" hint="Required after the 72 hours." />
          <ChoicesField label="In phases" name="phased" options={[['yes', 'what is missing follows (Art 33(4))']]} />
        </ActionForm>
      )}
      {toAuthority && facts.risk === 'unlikely' && (
        <ActionForm submit="No notification: a risk is unlikely" act={take('notification-waiver')} />
      )}
      {toPersons && (
        <>
          <ActionForm submit="Persons were informed" act={take('communication', communicationOf)}>
            <SelectField label="How" name="channel" value="direct" options={CHANNELS} />
            <TextField label="How many, approximately" name="persons" type="number" required />
          </ActionForm>
          <ActionForm
            submit="They need not be informed"
            act={take('communication-exception', (form) => ({ exception: textOf(form, 'exception') }))}
          >
            <SelectField label="Because (Art 34(3))" name="exception" value="34-3-a" options={EXCEPTIONS} />
          </ActionForm>
        </>
      )}
      {missingSteps.length === 0 ? (
        <ActionForm submit="Close the breach" act={take('closure')} primary />
      ) : (
        <p className="quiet">It can be closed once nothing is missing.</p>
      )}
    </Panel>
  )
}

const notificationOf = (form: FormData): object => ({
  ...filledIn(form, ['authority', 'reasonsForDelay']),
  ...(form.has('phased') && { phased: true }),
})

const communicationOf = (form: FormData): object => ({
  channel: textOf(form, 'channel'),
  persons: Number(textOf(form, 'persons')),
})
