/** Which witnesses a verifier trusts, and how many of them it asks for: C2SP tlog-policy. */
import { InvalidRequest } from '../../platform/errors.js'
import { cosignatureVerifier } from './cosignature.js'
import { decodeVerifierKey, type NoteVerifier, SIGNATURE_TYPE } from './note-key.js'

export interface PolicyWitness {
  /** Names it within the policy alone. */
  name: string
  vkey: string
  verifier: NoteVerifier
  /** Submission prefix (C2SP tlog-witness), where one is given. */
  url?: string
}

export type Quorum =
  | { kind: 'none' }
  | { kind: 'witness'; witness: PolicyWitness }
  /** Met when `threshold` of the members are. */
  | { kind: 'group'; threshold: number; members: readonly Quorum[] }

export interface WitnessPolicy {
  /** Verifier keys of the logs it is for; empty: known otherwise. */
  logs: readonly string[]
  witnesses: readonly PolicyWitness[]
  quorum: Quorum
}

const ALLOWED = /^[\t\n\u0020-\u007e\u0080-\u{10ffff}]*$/u
const DECIMAL = /^[1-9]\d{0,5}$/

/**
 * Reads a policy file. Only Ed25519 keys are understood: Node.js 20 has no ML-DSA.
 *
 * @param text decoded as UTF-8, which the standard recommends and does not demand
 * @throws InvalidRequest `witness-policy-malformed`, with the number of the line
 */
export function parseWitnessPolicy(text: string): WitnessPolicy {
  const reading = new PolicyReading()
  text.split('\n').forEach((line, index) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length === 0 || words[0]!.startsWith('#')) return
    try {
      if (!ALLOWED.test(line)) throw malformed('a control character')
      reading.take(words)
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error
      throw new InvalidRequest('witness-policy-malformed', error.message, { line: index + 1 })
    }
  })
  return reading.policy()
}

/** The policy that so many of these witnesses suffice. @throws InvalidRequest `witness-policy-malformed` */
export function thresholdPolicy(vkeys: readonly string[], threshold: number): WitnessPolicy {
  const lines = vkeys.map((vkey, index) => `witness w${index} ${vkey}`)
  const members = vkeys.map((_vkey, index) => `w${index}`)
  return parseWitnessPolicy(
    [...lines, `group all-of-them ${threshold} ${members.join(' ')}`, 'quorum all-of-them'].join('\n'),
  )
}

/** The policy as a file, for others: without the addresses of the witnesses. */
export function formatWitnessPolicy({ logs, witnesses, quorum }: WitnessPolicy): string {
  const groups: string[] = []
  const nameOf = (part: Quorum): string => {
    if (part.kind === 'none') return 'none'
    if (part.kind === 'witness') return part.witness.name
    const members = part.members.map(nameOf)
    let name = `g${groups.length + 1}`
    while (witnesses.some((witness) => witness.name === name)) name += '-'
    groups.push(`group ${name} ${part.threshold} ${members.join(' ')}`)
    return name
  }
  const last = `quorum ${nameOf(quorum)}`
  return [
    ...logs.map((vkey) => `log ${vkey}`),
    ...witnesses.map(({ name, vkey }) => `witness ${name} ${vkey}`),
    ...groups,
    last,
    '',
  ].join('\n')
}

/**
 * The latest time such that the witnesses that cosigned then or later suffice.
 *
 * @param timeOf when a witness cosigned, POSIX seconds; undefined when it did not
 * @returns POSIX seconds; -Infinity when the quorum is not met, Infinity when none is asked for
 */
export function quorumTime(quorum: Quorum, timeOf: (witness: PolicyWitness) => number | undefined): number {
  if (quorum.kind === 'none') return Infinity
  if (quorum.kind === 'witness') return timeOf(quorum.witness) ?? -Infinity
  const times = quorum.members.map((member) => quorumTime(member, timeOf)).sort((a, b) => (a > b ? -1 : 1))
  return times[quorum.threshold - 1]!
}

function malformed(what: string): InvalidRequest {
  return new InvalidRequest('witness-policy-malformed', `The policy is malformed (C2SP tlog-policy): ${what}.`)
}

/** Takes a policy line by line; what a line names must stand above it. */
class PolicyReading {
  private readonly logs: string[] = []
  private readonly witnesses: PolicyWitness[] = []
  private readonly named = new Map<string, Quorum>()
  private readonly publicKeys = new Set<string>()
  private readonly members = new Set<string>()
  private quorum: Quorum | undefined

  take([keyword, ...words]: string[]): void {
    if (keyword === 'log') return this.takeLog(words)
    if (keyword === 'witness') return this.takeWitness(words)
    if (keyword === 'group') return this.takeGroup(words)
    if (keyword === 'quorum') return this.takeQuorum(words)
    throw malformed('an unknown keyword')
  }

  policy(): WitnessPolicy {
    if (!this.quorum) throw malformed('it has no quorum')
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum }
  }

  private takeLog([vkey, _url, ...more]: string[]): void {
    if (vkey === undefined || more.length > 0) throw malformed('a log has a key and at most an address')
    this.addKey('log', decodeVerifierKey(vkey, SIGNATURE_TYPE.ed25519).material)
    this.logs.push(vkey)
  }

  private takeWitness([name, vkey, url, ...more]: string[]): void {
    if (name === undefined || vkey === undefined || more.length > 0)
      throw malformed('a witness has a name, a key and at most an address')
    this.addKey('witness', decodeVerifierKey(vkey, SIGNATURE_TYPE.cosignature).material)
    const witness = { name, vkey, verifier: cosignatureVerifier(vkey), ...(url !== undefined && { url }) }
    this.define(name, { kind: 'witness', witness })
    this.witnesses.push(witness)
  }

  private takeGroup([name, amount, ...members]: string[]): void {
    if (name === undefined || amount === undefined || members.length === 0)
      throw malformed('a group has a name, a number and members')
    const threshold = thresholdOf(amount, members.length)
    const quorums = members.map((member) => {
      if (this.members.has(member)) throw malformed('a member of two groups')
      this.members.add(member)
      return this.lookUp(member)
    })
    this.define(name, { kind: 'group', threshold, members: quorums })
  }

  private takeQuorum([name, ...more]: string[]): void {
    if (this.quorum || name === undefined || more.length > 0) throw malformed('there is one quorum, with one name')
    this.quorum = name === 'none' ? { kind: 'none' } : this.lookUp(name)
  }

  private define(name: string, quorum: Quorum): void {
    if (name === 'none' || this.named.has(name)) throw malformed('a name is given twice')
    this.named.set(name, quorum)
  }

  private lookUp(name: string): Quorum {
    const quorum = this.named.get(name)
    if (!quorum) throw malformed('a name is not defined above')
    return quorum
  }

  /** Two verifier keys are duplicates when they wrap one public key, whatever their names. */
  private addKey(kind: string, publicKey: Buffer): void {
    const key = `${kind} ${publicKey.toString('hex')}`
    if (this.publicKeys.has(key)) throw malformed('a key is listed twice')
    this.publicKeys.add(key)
  }
}

function thresholdOf(amount: string, members: number): number {
  if (amount === 'all') return members
  if (amount === 'any') return 1
  const threshold = DECIMAL.test(amount) ? Number(amount) : 0
  if (threshold < 1 || threshold > members) throw malformed('a group asks for 1 to all of its members')
  return threshold
}
