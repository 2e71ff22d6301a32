/**
 * What an erasure leaves in the log about the person: codes, random ids and times in clear text, under an id that nothing ties to a name
 * any more. It is pseudonymised data as long as no impact assessment says otherwise
 * (compliance/decisions/0053-what-an-erasure-leaves.md).
 */

/** Types of events whose codes tell of health or of a way of life, and what they tell. The others tell that something was done. */
const TELLING: Readonly<Record<string, string>> = {
  'twin.quality-finding-recorded': 'which rule a record broke, with the LOINC code of what was measured; no value',
  'simulation.requested': 'which model was run, when and for which purpose; no input',
  'simulation.refused': 'which inputs a model lacked or could not take; no value',
  'consent.requested': 'what was asked for, with limits to models and kinds of data',
  'consent.given': 'what was consented to, with limits to models and kinds of data',
  'consent.use-authorised': 'which use was permitted, of which model, when',
  'consent.use-refused': 'which use was refused, of which model, when',
  'data-query.raised': 'which field of a recorded fact was asked about, and why; no value',
  'trial.subject-enrolled': 'which trial the person was in, and where',
  'trial.subject-withdrawn': 'that the person left a trial, with the code of the reason',
}

export interface Residue {
  status: 'pseudonymised'
  /** Events about the person whose content was never sealed, up to the end of the erasure. */
  events: number
  /** Those among them whose codes tell of health or of a way of life. */
  telling: readonly { type: string; events: number; tells: string }[]
}

export function residueOf(clear: readonly { type: string; events: number }[]): Residue {
  return {
    status: 'pseudonymised',
    events: clear.reduce((sum, { events }) => sum + events, 0),
    telling: clear.flatMap(({ type, events }) => {
      const tells = TELLING[type]
      return tells === undefined ? [] : [{ type, events, tells }]
    }),
  }
}
