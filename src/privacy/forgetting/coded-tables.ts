/**
 * Tables that name a person by random id and keep their rows when the person is forgotten, and why. They hold codes, ids and times,
 * never a value. What their codes tell of health goes in the projection itself, where the log says that the person was forgotten:
 * rebuilt from the log, they come back without it. Whatever holds more registers a holder of traces
 * (src/journal/subject-traces.ts). A test compares both with the database.
 */
export const CODED_TABLES: Readonly<Record<string, string>> = {
  'read.twin': 'that there was a twin, and where',
  'read.twin_finding': 'which rules the data of others broke; those of the person go with the facts',
  'read.consent': 'the proof of consent (Art 7(1)), without its limits to diseases and kinds of data',
  'read.consent_use': 'the accounting of uses (45 CFR 164.528)',
  'read.opt_out': 'that the person is out of secondary use (EHDS Art 71), and stays out',
  'read.simulation_run': 'that a run was made, of which model (21 CFR 11.10(e)), without why it was refused',
  'read.decision': 'that a decision rested on a run, and who answered for it (Art 22)',
  'read.enrolment': 'the trial master file (CTR Art 58)',
  'read.data_query': 'that a recorded fact was asked about, and who answered; the words go with the keys',
  'read.allocation': 'that there was an allocation (CTR Art 58); its number goes with the sealed arm',
  'read.audit_entry': 'the audit trail (21 CFR 11.10(e))',
  'read.audit_subject_site': 'which sites may see that trail',
  'read.privacy_request': 'the answer to the person (Art 5(2))',
  'read.erasure': 'the erasure itself (Art 5(2))',
  'read.erasure_consultation': 'whether the sponsor was heard before the erasure (Art 5(2))',
  'read.legal_hold': 'what kept the data, and for how long',
  'read.retention_case': 'what was due, and what was done about it (Art 5(2))',
  'read.recipient_notice': 'who was told (Art 19)',
  'vault.subject_key': 'names of destroyed keys; no key material is left',
  'vault.destruction': 'the tombstones that keep a restored backup from bringing the keys back',
}
