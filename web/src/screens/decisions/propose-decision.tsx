import { DECISION_MATTERS, type DecisionMatter } from '../../../../src/privacy/decisions/events.js'
import { proposeDecision } from '../../api/decisions.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ReasonField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { go } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { MATTER_WORDS } from './decision-words.js'

const MATTERS = DECISION_MATTERS.map((matter) => [matter, MATTER_WORDS[matter]] as const)
const EFFECTS = [
  ['yes', 'legal or similarly significant (Art 22(1))'],
  ['no', 'not significant'],
] as const

/** Proposes a decision that rests on a run. It holds once somebody else has agreed and it was adopted. */
export function ProposeDecision({ run }: { run: string }) {
  const proposes = useMay('decision.propose')
  const reads = useMay('decision.read')
  if (!proposes) return null
  const propose = async (form: FormData) => {
    const { decision } = await proposeDecision({
      run,
      matter: textOf(form, 'matter') as DecisionMatter,
      significant: textOf(form, 'significant') === 'yes',
      meaning: textOf(form, 'meaning'),
    })
    if (reads) go(`/decisions/${decision}`)
  }
  return (
    <Panel title="Propose a decision that rests on this run">
      <ActionForm submit="Propose it" act={propose}>
        <ReasonField label="About" name="matter" options={MATTERS} />
        <ReasonField label="Effects on the person" name="significant" options={EFFECTS} />
        <TextField
          label="What it means for the person"
          name="meaning"
          rows={2}
          hint="In words for them; kept under their key."
          required
        />
      </ActionForm>
    </Panel>
  )
}
