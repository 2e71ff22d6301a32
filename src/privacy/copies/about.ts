/** What a person is told beside their data: who answers for it, who was shown it, what for, and how models work (Art 15(1)). */
import type { Recipient } from '../../audit/queries/list-recipients.js'
import type { AccountedDisclosure } from '../../disclosures/accounting.js'
import type { ConsentGiven, ConsentUseAuthorised, ProcessingRestricted } from '../../consents/events.js'
import type { OptOut } from '../../consents/queries/find-opt-out.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import type { ModelCard } from '../../models/model-card.js'
import { findInLibrary } from '../../models/registry/find-model.js'
import type { PermitView } from '../../permits/queries/list-permits.js'
import type { ArmOfPerson } from '../../randomisation/queries/arms-of-person.js'
import type { SimulationRequested } from '../../simulations/events.js'
import type { TwinRow } from '../../twins/twin.row.js'

export interface About {
  subject: string
  twins: { twin: string; controller: string; owner: string; source: string; registeredAt: Date }[]
  /** v3-ActReason codes under which the data were used or consented to. */
  purposes: string[]
  recipients: Recipient[]
  /** Of the last six years (45 CFR 164.528), without what an agency has suspended. */
  disclosures: AccountedDisclosure[]
  restrictions: ProcessingRestricted['data'][]
  /** From secondary use (EHDS Art 71); null: none is in force. */
  optOut: OptOut | null
  /** Of each trial the person was randomised in: the arm, or that it is withheld and why (Art 15(4)). */
  arms: ArmOfPerson[]
  /** The data permits that uses of the data rested on instead of consent (EHDS Art 68): who issued each, to whom, what for. */
  permits: Pick<PermitView, 'permit' | 'identifier' | 'issuer' | 'user' | 'purposes' | 'from' | 'until'>[]
  /** The models that were asked of the person's data: what they compute, from what, how well they were tested. */
  models: { model: string; version: string; card: ModelCard }[]
  rights: string
}

const RIGHTS =
  'You may ask for rectification (Art 16), erasure (Art 17), restriction (Art 18), a portable copy (Art 20) and review of an ' +
  'automated result by a person (Art 22), object (Art 21), and complain to a supervisory authority (Art 77). You may opt out from secondary ' +
  'use at any time, without a reason, and take that back (EHDS Art 71).'

export function aboutThePerson(
  subject: string,
  {
    recipients,
    disclosures,
    restrictions,
    optOut,
    arms,
    twins,
  }: Pick<About, 'recipients' | 'disclosures' | 'restrictions' | 'optOut' | 'arms'> & {
    twins: readonly Pick<TwinRow, 'twin' | 'controller' | 'owner' | 'source' | 'registeredAt'>[]
  },
): About {
  const own = twins.map(({ twin, controller, owner, source, registeredAt }) => ({
    twin,
    controller,
    owner,
    source,
    registeredAt,
  }))
  const told = { recipients, disclosures, restrictions, optOut, arms }
  return { subject, twins: own, purposes: [], ...told, permits: [], models: [], rights: RIGHTS }
}

/**
 * Notes purposes, permits and models as the events go by, so that the log is read once for all.
 *
 * @param permits all that this service knows
 */
export function noteEvent(about: About, { type, data, header }: RecordedEvent, permits: readonly PermitView[]): void {
  if (header.purpose !== undefined) notePurpose(about, header.purpose)
  if (type === 'consent.given' && data)
    for (const purpose of (data as ConsentGiven['data']).scope.purposes) notePurpose(about, purpose)
  if (type === 'consent.use-authorised' && data) notePermit(about, data as ConsentUseAuthorised['data'], permits)
  if (type !== 'simulation.requested' || !data) return
  const { model, version } = data as SimulationRequested['data']
  const known = findInLibrary(model)
  if (known && !about.models.some((noted) => noted.model === model && noted.version === version))
    about.models.push({ model, version, card: known.card })
}

function notePermit(about: About, ground: ConsentUseAuthorised['data'], permits: readonly PermitView[]): void {
  if (!('permit' in ground) || about.permits.some(({ permit }) => permit === ground.permit)) return
  const known = permits.find(({ permit }) => permit === ground.permit)
  if (!known) return
  const { permit, identifier, issuer, user, purposes, from, until } = known
  about.permits.push({ permit, identifier, issuer, user, purposes, from, until })
}

function notePurpose({ purposes }: About, purpose: string): void {
  if (!purposes.includes(purpose)) purposes.push(purpose)
}
