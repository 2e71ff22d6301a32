/** What time it is, for reviews that fall due; tests set their own. */
export class AssessmentClock {
  now(): Date {
    return new Date()
  }
}
