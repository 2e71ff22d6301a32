import type { CodeableConcept, DiagnosticReport, Observation } from 'fhir/r4.js'
import { ANALYTE, type Analyte, type AnalyteKey, round } from './analytes.js'
import type { VisitMeasurements } from './measurements.js'
import { observation, quantity, type Setting } from './observations.js'
import type { Attendance, Chart } from './record.js'
import { diagnosticReport } from './reports.js'
import { concept, LABORATORY, loinc, SYSTEM } from './terminology.js'

export type UnitSystem = 'conventional' | 'si'

export interface LaboratoryResults {
  observations: Observation[]
  reports: DiagnosticReport[]
}

const SECTION = concept(SYSTEM.diagnosticServiceSection, 'LAB', 'Laboratory')

/** Panels by the analytes they hold; a panel is reported when at least two of them were measured. */
const PANELS: readonly { code: CodeableConcept; members: readonly AnalyteKey[] }[] = [
  {
    code: loinc('24331-1', 'Lipid 1996 panel - Serum or Plasma'),
    members: ['totalCholesterol', 'hdl', 'ldl', 'triglycerides'],
  },
  {
    code: loinc('24323-8', 'Comprehensive metabolic 2000 panel - Serum or Plasma'),
    members: [
      ...(['creatinine', 'egfr', 'glucose', 'sodium', 'potassium', 'urea'] as const),
      ...(['albumin', 'alkalinePhosphatase'] as const),
    ],
  },
  {
    code: loinc('57021-8', 'CBC W Auto Differential panel - Blood'),
    members: ['haemoglobin', 'leukocytes', 'lymphocytes', 'mcv', 'rdw'],
  },
]

/** One Observation for each analyte of a visit, grouped by panel in DiagnosticReports. */
export function laboratoryResults(
  chart: Chart,
  attendance: Attendance,
  { values }: VisitMeasurements,
  units: UnitSystem,
): LaboratoryResults {
  const setting: Setting = { ...attendance, delay: 'laboratory' }
  const results = new Map<AnalyteKey, Observation>()
  for (const key of Object.keys(ANALYTE) as AnalyteKey[]) {
    const value = values[key]
    if (value !== undefined) results.set(key, resultOf(chart, setting, ANALYTE[key], value, units))
  }
  const reports = PANELS.flatMap(({ code, members }) => {
    const measured = members.flatMap((key) => results.get(key) ?? [])
    const [first, ...others] = measured
    return first && others.length > 0 ? [diagnosticReport(chart, setting, SECTION, code, [first, ...others])] : []
  })
  return { observations: [...results.values()], reports }
}

function resultOf(chart: Chart, setting: Setting, analyte: Analyte, value: number, units: UnitSystem): Observation {
  const { si } = analyte
  const reporting = units === 'si' && si ? si : analyte
  const reported = units === 'si' && si ? round(value * si.factor + si.offset, si.decimals) : value
  return {
    ...observation(chart, setting, LABORATORY, loinc(reporting.code, reporting.display)),
    valueQuantity: quantity(reported, reporting),
  }
}
