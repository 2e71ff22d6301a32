/** A data key exists per subject and class, so that a person can be forgotten class by class. */
export const KEY_CLASSES = ['identity', 'trial-record', 'optional-research', 'contact'] as const
export type KeyClass = (typeof KEY_CLASSES)[number]
