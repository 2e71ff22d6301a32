/**
 * The seven ordered steps of a credibility case: those of the FDA draft on AI (2025-01), section IV, which ASME V&V 40-2018
 * takes in the same order. None can be skipped; none can be taken twice unless the case is reopened from it.
 */
export const CASE_STEPS = [
  'question',
  'context-of-use',
  'risk',
  'plan',
  'execution',
  'documentation',
  'adequacy',
] as const
export type CaseStep = (typeof CASE_STEPS)[number]

/** How many steps are done when this one is next. */
export const stepsBefore = (step: CaseStep): number => CASE_STEPS.indexOf(step)
