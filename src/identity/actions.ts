/** Everything a caller can ask for. Closed on purpose: a new action does not compile until the policy table answers it for each role. */
export const ACTIONS = [
  'twin.register',
  'twin.read-coded',
  'twin.read-identity',
  'twin.record',
  'twin.correct',
  'twin.merge',
  'twin.withdraw',
  'fhir.ingest',
  'consent.request',
  'consent.decide',
  'consent.read',
  'simulation.run',
  'simulation.read',
  'simulation.replay',
  'model.read',
  'trial.manage',
  'trial.enrol',
  'trial.read',
  'audit.read',
  'audit.export',
  'log.read-entries',
  'projection.manage',
  'identity.revoke',
  'identity.read',
] as const

export type Action = (typeof ACTIONS)[number]
