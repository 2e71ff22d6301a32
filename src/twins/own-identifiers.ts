import type { Identifier } from './facts.js'

/**
 * Identifiers that mean something at one site alone. A blank cannot be part of an identifier's system. Of a person whom only others
 * know, a site must not learn that they do: its twin is kept under these, and a steward, who sees both, merges the two.
 */
export function ownedBy<Known extends Pick<Identifier, 'system' | 'value'>>(
  site: string,
  identifiers: readonly Known[],
): Known[] {
  return identifiers.map((identifier) => ({ ...identifier, system: `${site} ${identifier.system}` }))
}
