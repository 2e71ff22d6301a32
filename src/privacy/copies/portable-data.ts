import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Injectable } from '@nestjs/common'
import type { Bundle, FhirResource, OperationOutcome, Patient } from 'fhir/r4.js'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import type { TwinFactCorrected } from '../../twins/events.js'
import type { ClinicalFact } from '../../twins/facts.js'
import { RequestJournal } from '../requests/request-journal.js'
import type { Copy } from './access-pack.js'
import { requireGranted } from './granted.js'
import { patientAfter } from './portable-patient.js'
import { resourceOf } from './portable-resource.js'
import { SubjectRecords } from './subject-records.js'

/**
 * The copy of Art 20: what was provided about the person, in the format other systems take, without what was inferred here. The
 * facts that stand are in it; those that were corrected are in their corrected form.
 */
@Injectable()
export class PortableData {
  constructor(
    private readonly records: SubjectRecords,
    private readonly requests: RequestJournal,
    private readonly access: AccessRecorder,
  ) {}

  /** @throws Conflict `privacy-copy-not-granted`; NotFound `privacy-request-not-found`; Unavailable `projection-behind` */
  async start(context: CommandContext, request: string): Promise<Copy> {
    const state = await this.requests.existing(request)
    requireGranted(state, 'portability')
    const { subject } = state.received
    const { size } = await this.records.settled()
    const resources = await this.resources(subject, size)
    const { idempotencyKey: _key, ...once } = context
    await this.access.opened(once, { subject, what: ['portable-data'], count: resources.length })
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      timestamp: new Date().toISOString(),
      entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
    }
    const bytes = Buffer.from(JSON.stringify(bundle))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const copy = { copy: 'portable-data', entries: resources.length, sha256 } as const
    await this.requests.record(once, { request, subject }, { type: 'record-copy', copy })
    return { fileName: `portable-${request}.json`, content: Readable.from([bytes]) }
  }

  private async resources(subject: string, below: number): Promise<FhirResource[]> {
    const standing = new Map<string, FhirResource>()
    let patient: Patient = { resourceType: 'Patient', id: subject }
    let erased = 0
    for await (const events of this.records.of(subject, below))
      for (const event of events) {
        if (!event.header.stream.startsWith('twin-')) continue
        if (event.state === 'erased') erased++
        if (event.data === null) continue
        patient = patientAfter(patient, event)
        keep(standing, subject, event)
      }
    return [patient, ...standing.values(), ...(erased > 0 ? [whatWasErased(erased)] : [])]
  }
}

/** Says that there was more: what was erased is told from what was never provided. */
function whatWasErased(count: number): OperationOutcome {
  const diagnostics = `[erased]: ${count} entries about the person were erased and cannot be read by anybody (GDPR Art 17).`
  return {
    resourceType: 'OperationOutcome',
    id: randomUUID(),
    issue: [{ severity: 'information', code: 'suppressed', diagnostics }],
  }
}

/** The fact of an event, or what a correction left of an earlier one. */
function keep(standing: Map<string, FhirResource>, subject: string, { type, data, header }: RecordedEvent): void {
  const corrected = type === 'twin.fact-corrected' ? (data as TwinFactCorrected['data']) : null
  const id = corrected?.target ?? header.id
  const fact = corrected ? corrected.replacement : isFact(data) ? data : undefined
  if (fact === undefined) return
  const resource = fact && resourceOf(id, subject, fact)
  if (resource) standing.set(id, resource)
  else standing.delete(id)
}

const isFact = (data: object | null): data is ClinicalFact => data !== null && 'kind' in data && 'source' in data
