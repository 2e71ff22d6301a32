/** Conditions, medications, procedures and reports. */
import { describe, expect, it } from '@jest/globals'
import type { Condition, DiagnosticReport, MedicationRequest, MedicationStatement, Procedure } from 'fhir/r4.js'
import { mapCondition } from '../../../../src/interop/fhir/mapping/condition.js'
import { mapDiagnosticReport } from '../../../../src/interop/fhir/mapping/diagnostic-report.js'
import { mapMedicationRequest, mapMedicationStatement } from '../../../../src/interop/fhir/mapping/medication.js'
import { mapProcedure } from '../../../../src/interop/fhir/mapping/procedure.js'
import { contextWith, factOf, mappingContext, noteOf, source } from './mapping-context.js'

const SNOMED = 'http://snomed.info/sct'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const subject = { reference: 'Patient/1' }

describe('a condition', () => {
  const diabetes: Condition = {
    resourceType: 'Condition',
    subject,
    code: {
      coding: [
        { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' },
        { system: SNOMED, code: '44054006', display: 'Diabetes' },
      ],
    },
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    onsetDateTime: '2011-05',
    abatementDateTime: '2020',
  }

  it('keeps code, statuses and times, SNOMED CT first', () => {
    expect(factOf(mapCondition(diabetes, mappingContext))).toEqual({
      kind: 'condition',
      code: { system: SNOMED, code: '44054006', display: 'Diabetes' },
      clinicalStatus: 'active',
      verificationStatus: 'confirmed',
      onset: { at: '2011-05' },
      abated: { at: '2020' },
      source,
    })
  })

  it('with its onset as an age has no onset: a date would be a guess', () => {
    const { onsetDateTime: _onset, ...rest } = diabetes
    expect(factOf(mapCondition({ ...rest, onsetAge: { value: 50 } }, mappingContext))).not.toHaveProperty('onset')
  })

  it('entered in error is kept with that status', () => {
    const wrong = { ...diabetes, verificationStatus: { coding: [{ code: 'entered-in-error' }] } }
    expect(factOf(mapCondition(wrong, mappingContext))).toMatchObject({ verificationStatus: 'entered-in-error' })
  })

  it('in words alone is kept as evidence', () => {
    expect(noteOf(mapCondition({ ...diabetes, code: { text: 'sugar' } }, mappingContext))).toBe('fhir-not-coded')
  })
})

describe('a medication', () => {
  const simvastatin = { coding: [{ system: RXNORM, code: '312961', display: 'Simvistatin 20 MG Oral Tablet' }] }
  const order: MedicationRequest = {
    resourceType: 'MedicationRequest',
    subject,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: simvastatin,
    authoredOn: '2019-04-01T10:00:00Z',
    dosageInstruction: [{ text: 'one a day', doseAndRate: [{ doseQuantity: { value: 20, unit: 'mg' } }] }],
  }

  it('ordered keeps drug, dose, status and date, spelling mistakes included', () => {
    expect(factOf(mapMedicationRequest(order, mappingContext))).toEqual({
      kind: 'medication',
      code: { system: RXNORM, code: '312961', display: 'Simvistatin 20 MG Oral Tablet' },
      intent: 'order',
      status: 'active',
      dosage: 'one a day',
      dose: { value: 20, unit: 'mg', unitAsSent: 'mg' },
      period: { at: '2019-04-01T10:00:00Z' },
      source,
    })
  })

  it('stated as taken is a statement with its period', () => {
    const statement: MedicationStatement = {
      resourceType: 'MedicationStatement',
      subject,
      status: 'completed',
      medicationCodeableConcept: simvastatin,
      effectivePeriod: { start: '2018', end: '2019-02' },
    }
    expect(factOf(mapMedicationStatement(statement, mappingContext))).toMatchObject({
      intent: 'statement',
      period: { at: '2018', until: '2019-02' },
    })
  })

  it('by reference takes the code of the Medication resource', () => {
    const { medicationCodeableConcept: _drug, ...rest } = order
    const referring = { ...rest, medicationReference: { reference: '#m' } }
    const context = contextWith({ resourceType: 'Medication', code: simvastatin })
    expect(factOf(mapMedicationRequest(referring, context))).toMatchObject({ code: { code: '312961' } })
    expect(noteOf(mapMedicationRequest(referring, mappingContext))).toBe('fhir-not-coded')
    expect(noteOf(mapMedicationRequest(referring, contextWith({ resourceType: 'Patient' })))).toBe('fhir-not-coded')
  })

  it.each([{ doNotPerform: true }, { intent: 'proposal' as const }, { intent: 'option' as const }])(
    'that nobody ordered is no medication: %j',
    (changes) => {
      expect(noteOf(mapMedicationRequest({ ...order, ...changes }, mappingContext))).toBe('fhir-not-ordered')
    },
  )
})

describe('a procedure', () => {
  const bypass: Procedure = {
    resourceType: 'Procedure',
    subject,
    status: 'completed',
    code: { coding: [{ system: SNOMED, code: '232717009' }] },
    performedPeriod: { start: '2015-02-01T08:00:00Z', end: '2015-02-01T13:00:00Z' },
  }

  it('keeps code, status and period', () => {
    expect(factOf(mapProcedure(bypass, mappingContext))).toEqual({
      kind: 'procedure',
      code: { system: SNOMED, code: '232717009' },
      status: 'completed',
      performed: { at: '2015-02-01T08:00:00Z', until: '2015-02-01T13:00:00Z' },
      source,
    })
  })

  it('not done keeps saying so', () => {
    expect(factOf(mapProcedure({ ...bypass, status: 'not-done' }, mappingContext))).toMatchObject({
      status: 'not-done',
    })
  })
})

describe('a diagnostic report', () => {
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    subject,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '57698-3' }] },
    effectiveDateTime: '2024',
    result: [{ reference: 'urn:uuid:1' }, { reference: 'urn:uuid:elsewhere' }],
    conclusion: 'High cholesterol',
  }

  it('names the results that came with it by key', () => {
    const key = (reference: { reference?: string } | undefined) =>
      reference?.reference === 'urn:uuid:1' ? 'Observation/1' : undefined
    expect(factOf(mapDiagnosticReport(report, { ...mappingContext, key }))).toEqual({
      kind: 'report',
      code: { system: 'http://loinc.org', code: '57698-3' },
      status: 'final',
      effective: { at: '2024' },
      results: ['Observation/1'],
      conclusion: 'High cholesterol',
      source,
    })
  })
})
