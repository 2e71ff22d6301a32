import { isAbsent } from '../../absence.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { type Uncertainty } from '../../uncertainty.js'
import { coefficients } from '../surgery-sort/coefficients.js'
import { ASA_CLASSES, inputs as sortInputs, SEVERITIES, type SortInput, URGENCIES } from '../surgery-sort/input.js'
import { sort } from '../surgery-sort/model.js'
import { card } from './card.js'

/** What would be otherwise; what is absent stays as planned. */
export interface OperationAlternative {
  readonly asa?: SortInput['asa'] | null
  readonly urgency?: SortInput['urgency'] | null
  readonly severity?: SortInput['severity'] | null
}

export interface SurgicalRecoveryInput extends SortInput {
  readonly alternative: OperationAlternative
}

/** Probabilities between 0 and 1. Morbidity is null where the equations were not made for the operation. */
export interface RecoveryCourse {
  readonly mort30: number
  /** Morbidity by day after the operation. */
  readonly morbidity: Readonly<Record<'7' | '14' | '21' | '28', number>> | null
}

export interface SurgicalRecoveryOutput {
  readonly planned: RecoveryCourse
  readonly alternative: RecoveryCourse
  /** Alternative less planned. */
  readonly difference: RecoveryCourse
  readonly uncertainty: Uncertainty<
    null,
    /** As planned, with an ASA class less and one more; null beyond the ends of the scale. */
    { readonly plannedOneAsaLess: RecoveryCourse | null; readonly plannedOneAsaMore: RecoveryCourse | null },
    null
  >
}

const inputs: readonly InputSpecification[] = [
  ...sortInputs,
  {
    name: 'alternative',
    kind: 'group',
    quantity: 'What would be otherwise',
    members: [
      { name: 'asa', quantity: 'ASA physical status class', kind: 'code', values: ASA_CLASSES, optional: true },
      { name: 'urgency', quantity: 'Urgency (NCEPOD)', kind: 'code', values: URGENCIES, optional: true },
      { name: 'severity', quantity: 'Severity of the procedure', kind: 'code', values: SEVERITIES, optional: true },
    ],
  },
]

/** The course of recovery as planned and otherwise. */
export const surgicalRecovery = defineModel<SurgicalRecoveryInput, SurgicalRecoveryOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: (['planned', 'alternative', 'difference'] as const)
    .flatMap((name) => [
      { name: `${name}.mort30`, quantity: '30-day mortality', unit: '1' },
      { name: `${name}.morbidity`, quantity: 'Morbidity by day', unit: '1', nullable: true },
    ])
    .concat({ name: 'uncertainty', quantity: 'By kind of uncertainty', unit: '1' }),
  card,
  coefficients,
  applicability,
  compute(input) {
    const planned = course(input)
    const alternative = course(otherwise(input))
    return {
      planned,
      alternative,
      difference: difference(planned, alternative),
      uncertainty: {
        parameter: null,
        measurement: { plannedOneAsaLess: oneClassOff(input, -1), plannedOneAsaMore: oneClassOff(input, 1) },
        structural: null,
      },
    }
  },
})

function applicability(input: Partial<SurgicalRecoveryInput>): readonly RefusalReason[] {
  const { alternative } = input
  if (typeof alternative !== 'object' || isAbsent(alternative)) return []
  const isOtherwise = (['asa', 'urgency', 'severity'] as const).some(
    (name) => !isAbsent(alternative[name]) && alternative[name] !== input[name],
  )
  return isOtherwise ? [] : [{ input: 'alternative', code: 'not-applicable', limit: 'something other than the plan' }]
}

function otherwise(input: SurgicalRecoveryInput): SortInput {
  const { asa, urgency, severity } = input.alternative
  return {
    ...input,
    asa: asa ?? input.asa,
    urgency: urgency ?? input.urgency,
    severity: severity ?? input.severity,
  }
}

function course(input: SortInput): RecoveryCourse {
  const { mort30, morbidityApplicable, pomsD7, pomsD14, pomsD21, pomsD28 } = sort.evaluate(input)
  return { mort30, morbidity: morbidityApplicable ? { 7: pomsD7, 14: pomsD14, 21: pomsD21, 28: pomsD28 } : null }
}

function difference(planned: RecoveryCourse, alternative: RecoveryCourse): RecoveryCourse {
  const [before, after] = [planned.morbidity, alternative.morbidity]
  return {
    mort30: alternative.mort30 - planned.mort30,
    morbidity:
      before && after
        ? {
            7: after[7] - before[7],
            14: after[14] - before[14],
            21: after[21] - before[21],
            28: after[28] - before[28],
          }
        : null,
  }
}

function oneClassOff(input: SurgicalRecoveryInput, step: 1 | -1): RecoveryCourse | null {
  const asa = ASA_CLASSES[ASA_CLASSES.indexOf(input.asa) + step]
  return asa === undefined ? null : course({ ...input, asa })
}
