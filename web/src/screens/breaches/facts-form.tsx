import { BREACH_NATURES, BREACH_RISKS, RECORD_CATEGORIES, SUBJECT_CATEGORIES } from '../../../../src/breaches/codes.js'
import { takeBreachStep, type Breach } from '../../api/breaches.js'
import { ActionForm, filledIn, textOf } from '../../components/action-form.js'
import { ChoicesField, SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { words } from '../../components/values.js'
import { RISK_WORDS } from './breach-words.js'

const named = (codes: readonly string[]) => codes.map((code) => [code, words(code)] as const)
const RISKS = [['', 'not assessed yet'], ...BREACH_RISKS.map((risk) => [risk, RISK_WORDS[risk]] as const)] as const

/** States what is known now; later facts replace earlier ones (Art 33(4)). */
export function FactsForm({ known: { breach, facts, texts }, done }: { known: Breach; done: () => void }) {
  const state = async (form: FormData) => {
    await takeBreachStep(breach, 'assessment', assessmentOf(form))
    done()
  }
  return (
    <Panel title="State what is known">
      <ActionForm submit="Record these facts" act={state}>
        <ChoicesField label="Nature" name="natures" options={named(BREACH_NATURES)} chosen={facts.natures} />
        <ChoicesField
          label="Categories of persons"
          name="subjectCategories"
          options={named(SUBJECT_CATEGORIES)}
          chosen={facts.subjectCategories}
        />
        <ChoicesField
          label="Categories of records"
          name="recordCategories"
          options={named(RECORD_CATEGORIES)}
          chosen={facts.recordCategories}
        />
        <TextField label="Persons, approximately" name="subjects" type="number" value={numberText(facts.subjects)} />
        <TextField label="Records, approximately" name="records" type="number" value={numberText(facts.records)} />
        <SelectField label="Risk for persons" name="risk" value={facts.risk ?? ''} options={RISKS} />
        <TextField label="What happened" name="description" rows={3} value={texts?.description} />
        <TextField label="Contact point" name="contact" rows={1} value={texts?.contact} />
        <TextField label="Likely consequences" name="consequences" rows={2} value={texts?.consequences} />
        <TextField label="Measures taken or planned" name="measures" rows={2} value={texts?.measures} />
      </ActionForm>
    </Panel>
  )
}

const numberText = (count: number | undefined): string | undefined => (count === undefined ? undefined : String(count))

/** What was left empty is left as it is on record. */
function assessmentOf(form: FormData): object {
  const several = (name: string) => {
    const chosen = form.getAll(name).map(String)
    return chosen.length > 0 && { [name]: chosen }
  }
  const counted = (name: string) => textOf(form, name) !== '' && { [name]: Number(textOf(form, name)) }
  return {
    ...several('natures'),
    ...several('subjectCategories'),
    ...several('recordCategories'),
    ...counted('subjects'),
    ...counted('records'),
    ...filledIn(form, ['risk', 'description', 'contact', 'consequences', 'measures']),
  }
}
