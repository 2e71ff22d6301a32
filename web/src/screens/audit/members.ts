/** One field of a recorded value, before and after. */
export interface Member {
  /** Path in the value, such as `quantity.value`. */
  name: string
  before?: string
  after?: string
}

/** All fields of the old and the new value; those that changed come first. */
export function membersOf(old: unknown, present: unknown): Member[] {
  const before = flattened(old)
  const after = flattened(present)
  const members = [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    name,
    before: before.get(name),
    after: after.get(name),
  }))
  const changed = ({ before, after }: Member) => before !== after
  return [...members.filter(changed), ...members.filter((member) => !changed(member))]
}

function flattened(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return into
  if (typeof value !== 'object') return into.set(path || 'value', String(value))
  for (const [name, member] of Object.entries(value)) flattened(member, path === '' ? name : `${path}.${name}`, into)
  return into
}
