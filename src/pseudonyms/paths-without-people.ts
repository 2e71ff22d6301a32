/**
 * Paths whose answers hold no people, by what they hold. Whatever is not listed passes the veil, so that a route which is new is
 * veiled before anybody has thought of it.
 */
const WITHOUT_PEOPLE: readonly RegExp[] = [
  // Models, designs of studies, what the law and the field say, impact assessments, data permits, and the notices that people are given.
  /^\/api\/v1\/(models|designs|advances|frameworks|impact-assessments|permits|consent-notices)(\/|$)/,
  // Who works here, in which role; their own printed name; the step before signing, which repeats what the caller named.
  /^\/api\/v1\/(roster|signers|signing-requests)(\/|$)/,
  // Trials themselves. Their participants (enrolments, allocations, unblindings, changes after a lock) are veiled.
  /^\/api\/v1\/trials(\/[^/]+(\/(protocol|closure|arms|randomisation|randomisation\/lists|unblinding))?)?$/,
  /^\/api\/v1\/trials\/[^/]+\/(sites|analysis-plans|unblinding-requests)(\/|$)/,
  /^\/api\/v1\/trials\/[^/]+\/data-lock(\/unlockings(\/|$)|$)/,
  // The service and the log: hashes, keys and checkpoints.
  /^\/(log|health|metrics)(\/|$)/,
  /^\/fhir\/R4\/metadata$/,
]

/** @param path of a request, without its query */
export function holdsNoPeople(path: string): boolean {
  return WITHOUT_PEOPLE.some((pattern) => pattern.test(path))
}
