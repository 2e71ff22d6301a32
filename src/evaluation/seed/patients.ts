import type { INestApplicationContext } from '@nestjs/common'
import { DEMO_CLINIC, DEMO_SITE } from '../../identity/evaluation-issuer/accounts.js'
import { IngestBundle } from '../../interop/fhir/ingest-bundle.js'
import type { GeneratedPatient } from '../generator/index.js'
import type { DemoActors } from './demo-actors.js'

/** A made-up patient who has become a twin. */
export interface SeededTwin {
  twin: string
  subject: string
  profile: GeneratedPatient['profile']
}

/** Sends a generated patient through the same door as a hospital's export. */
export async function importPatient(
  app: INestApplicationContext,
  actors: DemoActors,
  { bundle, profile }: GeneratedPatient,
): Promise<Omit<SeededTwin, 'subject'>> {
  const { response } = await app.get(IngestBundle, { strict: false }).execute(actors.as('steward'), bundle, {
    source: 'evaluation-hospital',
    custody: { controller: DEMO_CLINIC, owner: DEMO_SITE },
  })
  const locations = (response.entry ?? []).map((entry) => entry.response?.location ?? '')
  const twin = /^Patient\/([0-9a-f-]{36})/.exec(
    locations.find((location) => location.startsWith('Patient/')) ?? '',
  )?.[1]
  if (twin === undefined) throw new Error(`Evaluation patient ${profile.number} did not become a twin.`)
  return { twin, profile }
}
