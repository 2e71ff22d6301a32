/** The roles a person can act in (docs: roles and what each may do). A token names one acting role. */
export const ROLES = [
  'participant',
  'investigator',
  'steward',
  'modeller',
  'sponsor',
  'compliance',
  'regulator',
  'administrator',
  'qa',
  'randomisation-manager',
] as const

export type Role = (typeof ROLES)[number]

/** Whether a claim's value names a role this service knows. */
export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && (ROLES as readonly string[]).includes(value)
}
