/** Tests a size can be computed for. */
export type TestKind =
  | 'two-means-t'
  | 'two-means-z'
  | 'one-mean-t'
  | 'one-mean-z'
  | 'two-proportions'
  | 'one-proportion'
  | 'events-schoenfeld'
  | 'events-freedman'

/**
 * Reads the kind of a test from its name or from a phrase such as "two means t-test", "two proportions", "two rates" or
 * "events, Schoenfeld".
 * @returns null when the phrase names no test.
 */
export function readTestKind(phrase: string): TestKind | null {
  const text = phrase.toLowerCase()
  if (/event|survival|log-?rank|hazard|schoenfeld|freedman/u.test(text)) {
    return text.includes('freedman') ? 'events-freedman' : 'events-schoenfeld'
  }
  const isSingle = /\b(?:one|single|paired)\b/u.test(text)
  if (/proportion|rate|binary|binomial|risk/u.test(text)) return isSingle ? 'one-proportion' : 'two-proportions'
  if (!/mean/u.test(text)) return null
  const isStudent = !/\bz\b|normal/u.test(text)
  if (isSingle) return isStudent ? 'one-mean-t' : 'one-mean-z'
  return isStudent ? 'two-means-t' : 'two-means-z'
}
