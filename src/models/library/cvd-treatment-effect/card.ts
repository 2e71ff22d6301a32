import { assessRisk, type ModelCard } from '../../model-card.js'

/** Model card of the effect of statins and antihypertensive drugs. */
export const card: ModelCard = {
  id: 'cvd.treatment-effect',
  version: '1.0.0',
  title: 'Effect of statins and antihypertensive drugs on a 10-year risk',
  doi: ['10.1016/S0140-6736(10)61350-5', '10.1016/S0140-6736(15)01225-8', '10.1136/bmj.326.7404.1427'],
  questionOfInterest: 'How far would a statin and antihypertensive drugs lower this person’s 10-year risk?',
  contextOfUse:
    'What-if beside an untreated risk from another model, in primary prevention, to inform a shared decision; not a prescription.',
  risk: assessRisk('medium', 'medium'),
  inputs: [
    { name: 'ascvd10', codes: [], whenMissing: 'refuse; it comes from another model, with its statin term at 0' },
    {
      name: 'ldl_mmolL',
      codes: ['loinc|22748-8', 'loinc|13457-7', 'loinc|18262-6'],
      maximumAge: 'P1Y',
      whenMissing: 'refuse',
    },
    {
      name: 'statin',
      codes: ['rxnorm|83367', 'rxnorm|301542', 'rxnorm|36567', 'rxnorm|42463'],
      whenMissing: 'no statin',
    },
    { name: 'dose_mg', codes: [], whenMissing: 'refuse when a statin is given' },
    { name: 'sbp_mmHg', codes: ['loinc|8480-6'], maximumAge: 'P1Y', whenMissing: 'refuse' },
    { name: 'bpDrugs', codes: [], whenMissing: 'refuse' },
    { name: 'halfDose', codes: [], whenMissing: 'refuse' },
  ],
  outputs: [
    'Falls of LDL and systolic pressure, hazard ratios, treated risk, absolute risk reduction and number needed to treat',
  ],
  verification: [
    'Reference vectors, relative error below 1e-9',
    'Properties: the treated risk lies between 0 and the untreated; more drugs never raise it',
  ],
  validation: [
    {
      population: '26 randomised trials of statins (CTT 2010)',
      n: 169138,
      metric: 'rate ratio of major vascular events 0.78 (0.76-0.80) per mmol/L of LDL',
      citation: '10.1016/S0140-6736(10)61350-5',
    },
    {
      population: '123 randomised trials of blood-pressure lowering (Ettehad 2016)',
      n: 613815,
      metric: 'rate ratio of major CVD 0.80 (0.77-0.83) per 10 mm[Hg]',
      citation: '10.1016/S0140-6736(15)01225-8',
    },
  ],
  uncertainty: {
    parameter: 'Confidence intervals of the rate ratios; sample them log-normally.',
    measurement: 'Systolic pressure and LDL vary within a person; vary inputs by the device or assay SD.',
    structural: 'Effects are taken as multiplicative and constant over baseline risk and time.',
  },
  limits: {
    refused: ['Doses that are not tabulated', 'Risk not strictly between 0 and 1', 'SBP outside 90-240, LDL 0.5-15'],
    stated: [
      'Trial averages: adherence and individual response are not modelled',
      'Harms of treatment are not weighed',
      'Below about 110 mm[Hg] further lowering was hardly studied',
    ],
  },
  knownBias: ['Trial populations were younger and healthier than many who are treated'],
  conflictsResolved: [],
}
