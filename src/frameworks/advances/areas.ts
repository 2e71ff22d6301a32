/** The seven fields in which this service simulates people, and one for what concerns all of them. */
export const ADVANCE_AREAS = [
  'predictive-health',
  'accelerating-trials',
  'genetics-and-ageing',
  'body-models',
  'personalised-medicine',
  'heart',
  'virtualised-trials',
  'all',
] as const
export type AdvanceArea = (typeof ADVANCE_AREAS)[number]
