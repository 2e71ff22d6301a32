/** Codes as they are told to those who use data: who opted out is no business of theirs (decision 0070), so nobody consented. */
const TOLD: ReadonlyMap<string, string> = new Map([
  ['opted-out', 'no-consent'],
  // Of a DetectedIssue, which says what refused beside why.
  ['consent.opted-out', 'consent.no-consent'],
])

export function toldCode(code: string): string {
  return TOLD.get(code) ?? code
}
