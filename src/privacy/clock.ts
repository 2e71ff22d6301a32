/** What time it is, for rights that run against a clock; tests set their own. */
export class PrivacyClock {
  now(): Date {
    return new Date()
  }
}
