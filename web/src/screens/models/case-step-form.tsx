import type { ReactNode } from 'react'
import { PURPOSES } from '../../../../src/consents/codes.js'
import { RUN_PURPOSES } from '../../../../src/models/run-purposes.js'
import type { CaseStep } from '../../../../src/models/registry/case-steps.js'
import { takeCaseStep, type Version } from '../../api/models.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ChoicesField, SelectField, TextField } from '../../components/field.js'
import { EvidenceFields, evidenceOf } from './evidence-fields.js'
import { PlanFields, goalsOf } from './plan-fields.js'

const DEGREES = ['low', 'medium', 'high'].map((degree) => [degree, degree] as const)
const LEVELS = ['0', '1', '2', '3'].map((level) => [level, level] as const)

interface Step {
  title: string
  fields: (version: Version) => ReactNode
  body: (form: FormData, version: Version) => object | Promise<object>
  /** Where the body goes, when not to the step's own name. */
  path?: (form: FormData) => string
}

const rationale = <TextField label="Why" name="rationale" rows={2} required />

/** The seven steps in the order of the FDA draft on AI (2025-01), each with what it asks for. */
const STEPS: Record<CaseStep, Step> = {
  question: {
    title: 'State the question of interest',
    fields: () => <TextField label="Question" name="question" rows={2} required />,
    body: (form) => ({ question: textOf(form, 'question') }),
  },
  'context-of-use': {
    title: 'State the context of use',
    fields: () => (
      <>
        <TextField label="What it is for" name="statement" rows={3} required />
        <ChoicesField
          label="Purposes"
          name="purposes"
          options={RUN_PURPOSES.map((code) => [code, PURPOSES[code]] as const)}
        />
        <TextField
          label="Limits of inputs"
          name="limits"
          rows={3}
          hint="One a line: name, least, greatest, such as “age 40 75”. Runs outside are not for decisions."
        />
      </>
    ),
    body: (form) => ({
      statement: textOf(form, 'statement'),
      purposes: form.getAll('purposes').map(String),
      limits: limitsOf(textOf(form, 'limits')),
    }),
  },
  risk: {
    title: 'Assess the model risk',
    fields: () => (
      <>
        <SelectField label="Influence on the decision" name="influence" value="low" options={DEGREES} />
        <SelectField label="Harm of a wrong decision" name="consequence" value="low" options={DEGREES} />
        {rationale}
      </>
    ),
    body: (form) => ({
      influence: textOf(form, 'influence'),
      consequence: textOf(form, 'consequence'),
      rationale: textOf(form, 'rationale'),
    }),
  },
  plan: {
    title: 'Agree the plan',
    fields: ({ nature }) => <PlanFields nature={nature} />,
    body: (form, { nature }) => ({ goals: goalsOf(form, nature) }),
  },
  execution: {
    title: 'Record what a factor reached',
    fields: ({ credibilityCase: { factors } }) => (
      <>
        <SelectField
          label="Factor"
          name="factor"
          value=""
          options={factors
            .filter(({ goal, achieved }) => goal !== null && achieved === null)
            .map(({ factor, title, goal }) => [factor, `${title} (goal ${goal})`] as const)}
        />
        <SelectField label="Level reached" name="achieved" value="1" options={LEVELS} />
        <TextField label="What was shown" name="summary" rows={2} required />
        <EvidenceFields />
      </>
    ),
    body: async (form) => ({
      achieved: Number(textOf(form, 'achieved')),
      summary: textOf(form, 'summary'),
      evidence: [await evidenceOf(form)].filter((each) => each !== undefined),
    }),
    path: (form) => `factors/${textOf(form, 'factor')}`,
  },
  documentation: {
    title: 'Document the results',
    fields: () => (
      <>
        <EvidenceFields kind="report" />
        <TextField label="A deviation from the plan" name="what" hint="Empty: nothing deviates." wide />
        <TextField label="Why it deviates" name="why" wide />
      </>
    ),
    body: async (form) => {
      const [what, why] = [textOf(form, 'what'), textOf(form, 'why')]
      return { report: await evidenceOf(form), deviations: what === '' ? [] : [{ what, why }] }
    },
  },
  adequacy: {
    title: 'Determine whether the model is adequate',
    fields: () => (
      <>
        <SelectField
          label="For its context of use"
          name="adequate"
          value="yes"
          options={[
            ['yes', 'it is adequate'],
            ['no', 'it is not adequate'],
          ]}
        />
        {rationale}
      </>
    ),
    body: (form) => ({ adequate: textOf(form, 'adequate') === 'yes', rationale: textOf(form, 'rationale') }),
  },
}

interface Props {
  id: string
  version: string
  found: Version
  done: () => void
}

/** The step of the credibility case that comes next; none can be skipped. */
export function CaseStepForm({ id, version, found, done }: Props) {
  const next = found.credibilityCase.next
  if (next === null) return null
  const { title, fields, body, path } = STEPS[next]
  const take = async (form: FormData) => {
    await takeCaseStep(id, version, path?.(form) ?? next, await body(form, found), found.revision)
    done()
  }
  return (
    <>
      <h3>Next: {title.toLowerCase()}</h3>
      <ActionForm key={found.revision} submit={title} act={take}>
        {fields(found)}
      </ActionForm>
    </>
  )
}

function limitsOf(text: string): object[] {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  return lines
    .filter(([input]) => input !== '')
    .map(([input, minimum, maximum]) => ({
      input,
      ...(minimum !== undefined && { minimum: Number(minimum) }),
      ...(maximum !== undefined && { maximum: Number(maximum) }),
    }))
}
