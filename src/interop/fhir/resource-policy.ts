/**
 * What becomes of each FHIR resource type: the one table that decides.
 *
 * - `patient` and `fact` are interpreted (see mapping/);
 * - `evidence` is about the patient but not interpreted: a keyed digest proves later what was sent;
 * - `supporting` is read only through a reference from a fact;
 * - `ignored` is neither kept nor digested, because keeping data that no purpose needs is itself a fault
 *   (GDPR Art. 5(1)(c)). Its contents are not validated either.
 */
export type ResourcePolicy =
  | { treatment: 'patient' }
  | { treatment: 'fact'; about: string }
  | { treatment: 'evidence'; about: string }
  | { treatment: 'supporting'; reason: string }
  | { treatment: 'ignored'; reason: string }

const FINANCIAL = 'Billing and insurance say nothing about the state of the person.'
const ADMINISTRATIVE = 'People, organisations, places and appointments beside the patient are not part of a twin.'
const TECHNICAL = 'Messages, jobs and audit records of the sending system are its own; this ledger keeps its own.'
const DEFINITIONAL = 'Definitions and catalogues are about no patient.'

/** Resource types by the element that names the patient. */
const FACTS = {
  subject: [
    'Observation',
    'Condition',
    'MedicationRequest',
    'MedicationStatement',
    'MedicationAdministration',
    'Procedure',
    'DiagnosticReport',
  ],
} as const

const EVIDENCE = {
  subject: [
    'AdverseEvent',
    'CarePlan',
    'CareTeam',
    'ClinicalImpression',
    'Communication',
    'CommunicationRequest',
    'Composition',
    'DeviceRequest',
    'DeviceUseStatement',
    'DocumentReference',
    'Encounter',
    'Flag',
    'Goal',
    'GuidanceResponse',
    'ImagingStudy',
    'List',
    'Media',
    'MedicationDispense',
    'QuestionnaireResponse',
    'RequestGroup',
    'RiskAssessment',
    'ServiceRequest',
    'Specimen',
  ],
  patient: [
    'AllergyIntolerance',
    'BodyStructure',
    'Consent',
    'DetectedIssue',
    'EpisodeOfCare',
    'FamilyMemberHistory',
    'Immunization',
    'ImmunizationEvaluation',
    'ImmunizationRecommendation',
    'MolecularSequence',
    'NutritionOrder',
    'VisionPrescription',
  ],
} as const

const IGNORED: Readonly<Record<string, readonly string[]>> = {
  [FINANCIAL]: [
    'Account',
    'ChargeItem',
    'Claim',
    'ClaimResponse',
    'Contract',
    'Coverage',
    'CoverageEligibilityRequest',
    'CoverageEligibilityResponse',
    'EnrollmentRequest',
    'EnrollmentResponse',
    'ExplanationOfBenefit',
    'InsurancePlan',
    'Invoice',
    'PaymentNotice',
    'PaymentReconciliation',
  ],
  [ADMINISTRATIVE]: [
    'Appointment',
    'AppointmentResponse',
    'Device',
    'Endpoint',
    'Group',
    'HealthcareService',
    'Location',
    'Organization',
    'OrganizationAffiliation',
    'Person',
    'Practitioner',
    'PractitionerRole',
    'RelatedPerson',
    'Schedule',
    'Slot',
    'VerificationResult',
  ],
  [TECHNICAL]: [
    'AuditEvent',
    'Basic',
    'Binary',
    'Bundle',
    'DocumentManifest',
    'Linkage',
    'MessageHeader',
    'OperationOutcome',
    'Parameters',
    'Provenance',
    'Subscription',
    'SupplyDelivery',
    'SupplyRequest',
    'Task',
  ],
}

const TABLE: ReadonlyMap<string, ResourcePolicy> = new Map<string, ResourcePolicy>([
  ['Patient', { treatment: 'patient' }],
  ['Medication', { treatment: 'supporting', reason: 'Read where a prescription or statement refers to it.' }],
  ...entriesOf('fact', FACTS),
  ...entriesOf('evidence', EVIDENCE),
  ...Object.entries(IGNORED).flatMap(([reason, types]) =>
    types.map((type): [string, ResourcePolicy] => [type, { treatment: 'ignored', reason }]),
  ),
])

function entriesOf(
  treatment: 'fact' | 'evidence',
  byElement: Readonly<Record<string, readonly string[]>>,
): [string, ResourcePolicy][] {
  return Object.entries(byElement).flatMap(([about, types]) =>
    types.map((type): [string, ResourcePolicy] => [type, { treatment, about }]),
  )
}

/** The rule for a resource type of R4. A type without an entry of its own is a definition and is ignored. */
export function policyOf(resourceType: string): ResourcePolicy {
  return TABLE.get(resourceType) ?? { treatment: 'ignored', reason: DEFINITIONAL }
}

/** Every type that has a rule of its own, for the capability statement. */
export const RESOURCE_POLICIES: ReadonlyMap<string, ResourcePolicy> = TABLE
