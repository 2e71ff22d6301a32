import type { Observation } from 'fhir/r4.js'
import { ANALYTE, type Analyte, type AnalyteKey, CREATININE_FACTOR, VITAL_SIGN } from './analytes.js'
import { type Day, formatDay, yearsBefore } from './calendar.js'
import type { DefectKind } from './defect-kind.js'
import type { Chart, PatientRecord } from './record.js'
import { urn } from './record.js'
import { BIRTH_SEX, CODE, concept, SYSTEM } from './terminology.js'

/** Years after which a laboratory value is stale for every model of this product. */
const STALE_AFTER_YEARS = 5

interface Scene {
  chart: Chart
  reference: Day
}

/** Returns the record with one defect planted; the record given stays as it was. */
export function plantDefect(kind: DefectKind, record: PatientRecord, scene: Scene): PatientRecord {
  return PLANT[kind](record, scene)
}

const PLANT: Record<DefectKind, (record: PatientRecord, scene: Scene) => PatientRecord> = {
  'hdl-missing': (record) => without(record, (result) => isResultOf(result, 'hdl') || isResultOf(result, 'ldl')),

  'labs-stale': (record, { reference }) => {
    const oldest = formatDay(yearsBefore(reference, STALE_AFTER_YEARS) - 1)
    return without(record, (result) => isLaboratory(result) && String(result.effectiveDateTime) > oldest)
  },

  'value-implausible': (record) =>
    changeNewest(record, isBloodPressure, (pressure) => ({
      ...pressure,
      component: pressure.component?.map((component) =>
        component.code === CODE.systolic
          ? { ...component, valueQuantity: { ...component.valueQuantity, value: 1200 } }
          : component,
      ),
    })),

  'unit-wrong': (record) =>
    changeNewest(record, resultOf('creatinine'), (result) => ({
      ...result,
      code: concept(SYSTEM.loinc, ANALYTE.creatinine.code, ANALYTE.creatinine.display),
      valueQuantity: { value: micromolesPerLitre(result), unit: 'mg/dL', system: SYSTEM.ucum, code: 'mg/dL' },
    })),

  'unit-missing': (record) =>
    changeNewest(record, resultOf('totalCholesterol'), (result) => ({
      ...result,
      valueQuantity: { value: result.valueQuantity?.value },
    })),

  'observation-duplicated': (record, { chart }) =>
    addBeside(record, resultOf('glucose'), (result) => ({ ...result, id: chart.newId() })),

  'date-in-future': (record, { chart, reference }) =>
    addBeside(record, resultOf('glucose'), (result) => ({
      ...result,
      id: chart.newId(),
      effectiveDateTime: chart.at(reference + 210, 9 * 60),
      issued: chart.at(reference + 210, 12 * 60),
    })),

  'sex-conflicting': (record) =>
    changeNewest(record, isBirthSex, (result) => ({
      ...result,
      valueCodeableConcept: record.patient.gender === 'female' ? BIRTH_SEX.male : BIRTH_SEX.female,
    })),

  'value-negative': (record) =>
    changeNewest(record, resultOf('triglycerides'), (result) => ({
      ...result,
      valueQuantity: { ...result.valueQuantity, value: -(result.valueQuantity?.value ?? 1) },
    })),

  'entered-in-error': (record, { chart }) =>
    addBeside(record, isWeight, (weight) => ({
      ...weight,
      id: chart.newId(),
      status: 'entered-in-error',
      valueQuantity: { ...weight.valueQuantity, value: 7 },
    })),

  'data-absent': (record) =>
    changeNewest(record, resultOf('hdl'), ({ valueQuantity: _valueQuantity, ...result }) => ({
      ...result,
      dataAbsentReason: concept(SYSTEM.dataAbsentReason, 'error', 'Error'),
    })),
}

type Predicate = (observation: Observation) => boolean

function resultOf(key: AnalyteKey): Predicate {
  return (observation) => isResultOf(observation, key)
}

function isResultOf(observation: Observation, key: AnalyteKey): boolean {
  const { code, si }: Analyte = ANALYTE[key]
  return hasCode(observation, code) || (si !== undefined && hasCode(observation, si.code))
}

function isLaboratory(observation: Observation): boolean {
  return (Object.keys(ANALYTE) as AnalyteKey[]).some((key) => isResultOf(observation, key))
}

const isBloodPressure: Predicate = (observation) => observation.code === CODE.bloodPressure
const isBirthSex: Predicate = (observation) => observation.code === CODE.birthSex
const isWeight: Predicate = (observation) => hasCode(observation, VITAL_SIGN.weight.code)

function hasCode(observation: Observation, code: string): boolean {
  return observation.code.coding?.[0]?.code === code
}

function micromolesPerLitre({ valueQuantity }: Observation): number {
  const value = valueQuantity?.value ?? 0
  return valueQuantity?.unit === 'umol/L' ? value : Math.round(value * CREATININE_FACTOR)
}

/** Removes results and every mention of them in a report; a report left with nothing goes too. */
function without(record: PatientRecord, unwanted: Predicate): PatientRecord {
  const removed = new Set(record.observations.filter(unwanted).map(({ id }) => urn(id as string)))
  return {
    ...record,
    observations: record.observations.filter((observation) => !unwanted(observation)),
    reports: record.reports
      .map((report) => ({ ...report, result: report.result?.filter(({ reference }) => !removed.has(reference ?? '')) }))
      .filter(({ result }) => result !== undefined && result.length > 0),
  }
}

function changeNewest(
  record: PatientRecord,
  wanted: Predicate,
  change: (observation: Observation) => Observation,
): PatientRecord {
  const index = newestIndex(record, wanted)
  return {
    ...record,
    observations: record.observations.map((observation, at) => (at === index ? change(observation) : observation)),
  }
}

/** Adds a variation of the newest match right after it. */
function addBeside(
  record: PatientRecord,
  wanted: Predicate,
  vary: (observation: Observation) => Observation,
): PatientRecord {
  const index = newestIndex(record, wanted)
  return {
    ...record,
    observations: record.observations.flatMap((observation, at) =>
      at === index ? [observation, vary(observation)] : [observation],
    ),
  }
}

/** Observations of one kind are held oldest first. */
function newestIndex({ observations }: PatientRecord, wanted: Predicate): number {
  return observations.findLastIndex(wanted)
}
