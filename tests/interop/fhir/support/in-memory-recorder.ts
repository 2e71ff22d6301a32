import { createHash, randomUUID } from 'node:crypto'
import type { CommandContext } from '../../../../src/journal/command-context.js'
import { IngestBundle } from '../../../../src/interop/fhir/ingest-bundle.js'
import { DEFAULT_LIMITS } from '../../../../src/interop/fhir/json-guard.js'
import { PatientRecorder } from '../../../../src/interop/fhir/patient-recorder.js'
import type {
  IngestedRecord,
  IngestResult,
  PatientRecord,
} from '../../../../src/twins/commands/ingest-patient-record.js'

/** Keeps records in memory with the rules of the real one: by identifier a twin, by key and content a fact. */
export class InMemoryRecorder extends PatientRecorder {
  readonly received: PatientRecord[] = []
  readonly contexts: CommandContext[] = []
  /** Event ids by twin and sender's key, with the content recorded last. */
  readonly facts = new Map<string, { eventId: string; content: string }>()
  private readonly twins = new Map<string, string>()
  private position = -1

  record(context: CommandContext, record: PatientRecord): Promise<IngestedRecord> {
    this.received.push(record)
    this.contexts.push(context)
    const names = record.identifiers.map((identifier) => JSON.stringify(identifier))
    const known = record.twin ?? names.map((name) => this.twins.get(name)).find((twin) => twin !== undefined)
    const twin = known ?? randomUUID()
    for (const name of names) this.twins.set(name, twin)
    const results = record.facts.map(({ key, contentDigest }) => this.recordFact(twin, key, contentDigest))
    return Promise.resolve({
      twin,
      subject: randomUUID(),
      registered: known === undefined,
      position: this.position,
      results,
    })
  }

  private recordFact(twin: string, key: string, content: string): IngestResult {
    const earlier = this.facts.get(`${twin} ${key}`)
    if (earlier?.content === content) {
      return { key, outcome: 'already-recorded', eventId: earlier.eventId, findings: [] }
    }
    this.position += 1
    const eventId = randomUUID()
    this.facts.set(`${twin} ${key}`, { eventId, content })
    return { key, outcome: earlier ? 'superseded-earlier' : 'recorded', eventId, findings: [] }
  }
}

/** An unkeyed stand-in for the evidence digest: specifications need it to be the same each time. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

export const context: CommandContext = {
  actor: { id: '00000000-0000-4000-8000-000000000001', role: 'steward' },
  correlation: '00000000-0000-4000-8000-000000000002',
}

export function ingestWith(
  recorder: PatientRecorder,
  limits = DEFAULT_LIMITS,
  revoked: readonly string[] = [],
): IngestBundle {
  const sourcesNotTaken = async (names: readonly string[]) => names.filter((name) => revoked.includes(name))
  return new IngestBundle(recorder, { limits, defaultSource: 'test-hospital', digest, sourcesNotTaken })
}
