import fc from 'fast-check'
import { type PPossumInput } from '../../../src/models/library/surgery-p-possum/input.js'
import { type PreventInput } from '../../../src/models/library/cvd-prevent-2023/input.js'
import { type Score2Input } from '../../../src/models/library/cvd-score2-2021/input.js'
import { RISK_REGIONS } from '../../../src/models/library/cvd-score2-2021/calibrated-risk.js'
import { type SortInput } from '../../../src/models/library/surgery-sort/input.js'

/** A finite number of an interval, ends included. */
export const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

const sex = fc.constantFrom('female' as const, 'male' as const)

/** People the base PREVENT equations accept. */
export const preventPerson: fc.Arbitrary<PreventInput> = fc.record({
  model: fc.constant('base' as const),
  sex,
  age: between(30, 79),
  sbp: between(90, 180),
  bp_tx: fc.boolean(),
  total_c: between(130, 320),
  hdl_c: between(20, 100),
  statin: fc.boolean(),
  dm: fc.boolean(),
  smoking: fc.boolean(),
  egfr: between(15, 140),
  bmi: between(18.5, 39.9),
})

/** People SCORE2 accepts. */
export const score2Person: fc.Arbitrary<Score2Input> = fc.record({
  riskRegion: fc.constantFrom(...RISK_REGIONS),
  age: between(40, 89),
  sex,
  smoker: fc.boolean(),
  sbp_mmHg: between(90, 200),
  totalChol_mmolL: between(3, 9),
  hdl_mmolL: between(0.6, 2.5),
  diabetes: fc.boolean(),
})

/** Patients SORT accepts. */
export const sortPatient: fc.Arbitrary<SortInput> = fc.record({
  age: between(18, 100),
  asa: fc.constantFrom('I', 'II', 'III', 'IV', 'V'),
  urgency: fc.constantFrom('Ele', 'Exp', 'U', 'I'),
  specialty: fc.constantFrom('Bariatric', 'Colorectal', 'Ortho', 'Urology', 'Vascular', 'UpperGI'),
  severity: fc.constantFrom('Min', 'Int', 'Maj', 'Xma', 'Com'),
  malignancy: fc.boolean(),
})

/** A patient with nothing wrong: the lowest scores of P-POSSUM. */
export const healthySurgicalPatient: PPossumInput = {
  age: 40,
  cardiac: 1,
  resp: 1,
  ecg: 1,
  sbp: 120,
  pulse: 70,
  gcs: 15,
  hb_gL: 145,
  wcc: 7,
  urea: 5,
  na: 140,
  k: 4.2,
  op: { severity: 1, procedures: 1, bloodLoss: 1, soiling: 1, malignancy: 1, urgency: 1 },
}
