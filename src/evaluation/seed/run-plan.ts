/** Which models are run on which made-up patients, so that each kind of twin has results and honest refusals to show. Pure. */
import type { RunOrder } from '../../simulations/run-order.js'
import type { SeededTwin } from './patients.js'

/** What the runs of the evaluation data set are about. */
export type Opportunity =
  | 'heart disease'
  | 'ageing and genetics'
  | 'surgical recovery'
  | 'personalised medicine'
  | 'body in three dimensions'
  | 'trial acceleration'

export interface PlannedRun {
  opportunity: Opportunity
  order: RunOrder
}

/** So many patients of a kind are enough to look at. */
const SOME = 8
const FEW = 4

type Profile = SeededTwin['profile']

/**
 * @param day `YYYY-MM-DD`, as of which everybody is looked at unless a model asks for the day of a visit
 * @param trial whose participants get a prognostic score
 */
export function planRuns(
  twins: readonly SeededTwin[],
  { day, trial, inTrial }: { day: string; trial: string; inTrial: readonly SeededTwin[] },
): PlannedRun[] {
  const run =
    (opportunity: Opportunity, model: string, more: (profile: Profile) => Partial<RunOrder> = () => ({})) =>
    ({ twin, profile }: SeededTwin): PlannedRun => ({
      opportunity,
      order: { twin, model, purpose: 'HRESCH', day, ...more(profile) },
    })
  const stated = (parameters: NonNullable<RunOrder['parameters']>) => () => ({ parameters })
  const atLastVisit = ({ lastVisit }: Profile) => ({ day: lastVisit })
  const operated = twins.filter(({ profile }) => profile.surgery)
  const genotyped = twins.filter(({ profile }) => profile.genotyped)
  const imaged = twins.filter(({ profile }) => profile.echocardiogram)
  const onVancomycin = twins.filter(({ profile }) => profile.vancomycinLevel !== undefined)
  const type1 = twins.filter(({ profile }) => profile.type1Diabetes)
  const diabetic = twins.filter(({ profile: { otherDiabetes, age } }) => otherDiabetes && age >= 40 && age < 70)
  const others = twins.filter(({ profile }) => !profile.type1Diabetes)
  return [
    ...twins.flatMap((twin) => [
      // Approved for research; every other model waits for its approval and is run exploratory.
      run('heart disease', 'cvd.prevent-2023', () => ({ use: 'decision' }))(twin),
      run('ageing and genetics', 'ageing.phenoage-2018')(twin),
    ]),
    ...twins
      .slice(0, SOME)
      .flatMap((twin) => [
        run('heart disease', 'cvd.score2-2021', stated({ riskRegion: 'Moderate' }))(twin),
        run('heart disease', 'cvd.treatment-effect', stated(TREATMENT))(twin),
        run('heart disease', 'renal.ckdepi2021+cockcroftgault')(twin),
      ]),
    ...twins.slice(0, FEW).map(run('heart disease', 'cvd.what-if-drugs', stated(DRUGS))),
    ...twins
      .filter(({ profile }) => profile.phenoAgeObstacles.length === 0)
      .slice(0, FEW)
      .map(run('ageing and genetics', 'ageing.what-if-markers', stated(MARKERS))),
    ...[...diabetic.slice(0, SOME), ...twins.slice(0, 1)].map(
      run('heart disease', 'cvd.score2-diabetes-2023', stated({ riskRegion: 'Moderate' })),
    ),
    ...imaged.slice(0, SOME).map(run('heart disease', 'heart.loop-bjordalsbakke-2022', atLastVisit)),
    ...imaged
      .slice(0, FEW)
      .map(
        run('heart disease', 'heart.loop-shi-2009', ({ lastVisit }) => ({ day: lastVisit, parameters: { t_s: 20 } })),
      ),
    ...genotyped
      .slice(0, SOME)
      .flatMap((twin) => [
        run('ageing and genetics', 'pgx.warfarin-iwpc-2009')(twin),
        run('ageing and genetics', 'pgx.cpic-phenotype', stated({ gene: 'CYP2C19' }))(twin),
      ]),
    ...operated.slice(0, SOME).map(run('surgical recovery', 'surgery.sort', stated(PLANNED_OPERATION))),
    ...operated.slice(0, FEW).flatMap((twin) => [
      run('surgical recovery', 'surgery.what-if-plan', stated(HEALTHIER))(twin),
      run('surgical recovery', 'anaes.what-if-infusion', (profile) => ({
        ...atLastVisit(profile),
        parameters: LESS_PROPOFOL,
      }))(twin),
      run('surgical recovery', 'surgery.p-possum', (profile) => ({ ...atLastVisit(profile), parameters: POSSUM }))(
        twin,
      ),
      run('surgical recovery', 'anaes.eleveld-propofol-2018', (profile) => ({
        ...atLastVisit(profile),
        parameters: ANAESTHESIA,
      }))(twin),
    ]),
    ...onVancomycin.flatMap((twin) => [
      run('personalised medicine', 'pk.vancomycin-goti-2018', ({ vancomycinLevel }) => ({
        day: vancomycinLevel,
        parameters: { haemodialysis: false },
      }))(twin),
      run('personalised medicine', 'pk.vancomycin-buelga-2005', ({ vancomycinLevel }) => ({ day: vancomycinLevel }))(
        twin,
      ),
      run('personalised medicine', 'pk.what-if-vancomycin', ({ vancomycinLevel }) => ({
        day: vancomycinLevel,
        parameters: REGIMENS,
      }))(twin),
    ]),
    ...type1.flatMap((twin) => [
      run('personalised medicine', 'glucose.hovorka-2004', stated(MEAL))(twin),
      run('personalised medicine', 'glucose.what-if-insulin', stated(MEAL))(twin),
    ]),
    // Whom the models were not made for, and who had no dose: refused, with the reason.
    ...others.slice(0, 1).map(run('personalised medicine', 'glucose.hovorka-2004', stated(MEAL))),
    ...twins.slice(0, 1).map(run('personalised medicine', 'pk.map-engine-1cmt-oral', stated(THEOPHYLLINE))),
    ...imaged
      .slice(0, SOME)
      .flatMap((twin) => [
        run('body in three dimensions', 'body.lv-truncated-ellipsoid')(twin),
        run('body in three dimensions', 'heart.lvmass-echo')(twin),
        run('body in three dimensions', 'body.anthropometry')(twin),
      ]),
    ...inTrial
      .slice(0, SOME)
      .map(run('trial acceleration', 'cvd.prevent-2023', () => ({ trial, purpose: 'CLINTRCH' as const }))),
  ]
}

const TREATMENT = { statin: 'atorvastatin', dose_mg: 20, bpDrugs: 1 }
const PLANNED_OPERATION = { asa: 'II', urgency: 'Ele', specialty: 'Colorectal', severity: 'Maj' }
const POSSUM = {
  ...{ cardiac: 2, resp: 1, ecg: 1, gcs: 15 },
  op: { severity: 4, procedures: 1, bloodLoss: 2, soiling: 1, malignancy: 2, urgency: 1 },
}
const ANAESTHESIA = { opioids: true, regimen: '2 mg/kg over 1 min, then 8 mg/kg/h for 60 min, then stop' }
const MEAL = {
  startGlucose_mmolL: 6,
  meals: [{ t_min: 30, dur_min: 20, carb_g: 60 }],
  boluses: [{ t_min: 25, U: 5 }],
}
const DRUGS = { newStatin: 'atorvastatin', dose_mg: 20, bpDrugs: 1, riskRegion: 'Moderate' }
/** Made up like the patients: the prefix is the one kept for examples, so that nobody looks for the study. */
const MARKERS = { source: '10.5555/evaluation', changes: [{ marker: 'crp', ratio: 0.8 }] }
const HEALTHIER = { ...PLANNED_OPERATION, asa: 'III', alternative: { asa: 'II' } }
const LESS_PROPOFOL = {
  ...ANAESTHESIA,
  alternativeRegimen: '2 mg/kg over 1 min, then 6 mg/kg/h for 60 min, then stop',
}
const REGIMENS = {
  haemodialysis: false,
  regimens: [
    { dose_mg: 1000, tau_h: 12, dur_h: 1 },
    { dose_mg: 750, tau_h: 12, dur_h: 1 },
    { dose_mg: 1250, tau_h: 24, dur_h: 1.5 },
  ],
}
/** A population of theophylline, with one dose and one level that were measured elsewhere. */
const THEOPHYLLINE = {
  theta: { CL_Lh: 2.8, V_L: 32, KA_h: 1.5 },
  omega2: [0.07, 0.02, 0.4],
  sigma2: { prop: 0.02, add: 0.1 },
  doses: [{ t_h: 0, amt_mg: 320 }],
  observations: [
    { t_h: 1.1, mgL: 8.6 },
    { t_h: 9.1, mgL: 5.9 },
  ],
}
