import { FACTOR_DEFINITIONS, FACTORS, type ModelNature } from '../../../../src/models/registry/credibility-factors.js'
import { textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'

const asked = (nature: ModelNature) =>
  FACTORS.filter((factor) => nature === 'learned' || FACTOR_DEFINITIONS[factor].learnedOnly !== true)

/** Each credibility factor with its goal, or with why it does not apply. */
export function PlanFields({ nature }: { nature: ModelNature }) {
  return asked(nature).map((factor) => {
    const { title, grades } = FACTOR_DEFINITIONS[factor]
    const goals = [
      ...grades.map((grade, index) => [String(index + 1), `${index + 1}: ${grade}`] as const),
      ['', 'does not apply'] as const,
    ]
    return (
      <fieldset key={factor} className="field wide">
        <legend>
          <strong>{title}</strong>
        </legend>
        <SelectField label="Goal" name={`goal ${factor}`} value="1" options={goals} />
        <TextField label="Why" name={`why ${factor}`} required />
      </fieldset>
    )
  })
}

export const goalsOf = (form: FormData, nature: ModelNature): object[] =>
  asked(nature).map((factor) => {
    const goal = textOf(form, `goal ${factor}`)
    return { factor, goal: goal === '' ? null : Number(goal), rationale: textOf(form, `why ${factor}`) }
  })
