import { randomUUID } from 'node:crypto'
import type { CommandBus, QueryBus } from '@nestjs/cqrs'
import { CloseReview } from '../../audit/review/commands/close-review.js'
import { ConcludeReview } from '../../audit/review/commands/conclude-review.js'
import { PlanReview } from '../../audit/review/commands/plan-review.js'
import { RecordFinding } from '../../audit/review/commands/record-finding.js'
import { ResolveFinding } from '../../audit/review/commands/resolve-finding.js'
import { TakeUpReview } from '../../audit/review/commands/take-up-review.js'
import { GetReview } from '../../audit/review/queries/get-review.js'
import { EVALUATION_ACR } from '../../platform/configuration.js'
import { AttestSigner } from '../../signatures/commands/attest-signer.js'
import { OpenSigning } from '../../signatures/commands/open-signing.js'
import { SignRecord } from '../../signatures/commands/sign-record.js'
import type { SignatureMeaning } from '../../signatures/meanings.js'
import type { StepUp } from '../../signatures/step-up.js'
import { ListRuns } from '../../simulations/queries/list-runs.js'
import { GetRun } from '../../simulations/queries/get-run.js'
import type { DemoActors } from './demo-actors.js'
import type { SeedingProgress } from './seeding-progress.js'

/** Made up, as everything here. */
const SIGNERS = { qa: 'Quinn Assurance', compliance: 'Robin Compliance', modeller: 'Morgan Model' } as const
type Signer = keyof typeof SIGNERS

const DAY_MS = 86_400_000

export interface Signing {
  commands: CommandBus
  queries: QueryBus
  actors: DemoActors
  progress: SeedingProgress
}

/** People who declared that signatures bind them, two signed runs, and a review of the corrections, signed and closed. */
export async function seedSignatures(signing: Signing, begun: string): Promise<void> {
  const { commands, queries, actors, progress } = signing
  for (const [account, printedName] of Object.entries(SIGNERS))
    await progress.once(`attestation of ${account}`, async () => {
      await commands.execute(new AttestSigner(actors.as(account), { printedName, stepUp: authenticated() }))
    })
  const { runs } = await queries.execute(new ListRuns({ status: 'completed' }, 2))
  for (const [{ run }, [account, meaning]] of zip(runs, [
    ['qa', 'review'],
    ['modeller', 'authorship'],
  ] as const))
    await progress.once(`signature on ${run}`, async () => {
      const { steps } = await queries.execute(new GetRun(actors.as(account), run))
      const completed = steps.findIndex(({ type }) => type === 'simulation.completed')
      await sign(signing, account, { stream: `run-${run}`, revision: completed, meaning })
    })
  await seedReview(signing, begun)
}

async function seedReview(signing: Signing, from: string): Promise<void> {
  const { commands, queries, actors, progress } = signing
  const review = await progress.once('review planned', async () => {
    const to = new Date().toISOString()
    const dueAt = new Date(Date.now() + 30 * DAY_MS).toISOString()
    const plan = { from, to, dueAt, criteria: ['correction'], perCriterion: 3, lateAfterDays: 7 } as const
    return (await commands.execute(new PlanReview(actors.as('qa'), plan))).review
  })
  if (review === null) return
  await progress.once('review carried out', async () => {
    const reviewer = () => actors.as('compliance')
    await commands.execute(new TakeUpReview(reviewer(), review))
    const { sample } = await queries.execute(new GetReview(reviewer(), review))
    for (const { position } of sample!.entries.slice(0, 1)) {
      const explanation = 'The reason given is an entry error; the source document was seen and agrees.'
      const found = { code: 'reason-implausible', severity: 'minor', positions: [position], explanation } as const
      const { finding } = await commands.execute(new RecordFinding(reviewer(), review, found))
      await commands.execute(new ResolveFinding(actors.as('qa'), review, { finding, resolution: 'explained' }))
    }
    const { revision } = await commands.execute(new ConcludeReview(reviewer(), review))
    await sign(signing, 'compliance', {
      stream: `audit-review-${review}`,
      revision: revision!,
      meaning: 'responsibility',
    })
    await commands.execute(new CloseReview(reviewer(), review))
  })
}

async function sign(
  { commands, actors }: Signing,
  account: Signer,
  what: { stream: string; revision: number; meaning: SignatureMeaning },
): Promise<void> {
  const { request } = await commands.execute(new OpenSigning(actors.as(account), what))
  await commands.execute(new SignRecord(actors.as(account), { request, stepUp: authenticated() }))
}

/** Nobody is there to type a password while made-up data is laid down: the commands get what a token would show. */
function authenticated(): StepUp {
  return { acr: EVALUATION_ACR.allComponents, authenticatedAt: new Date().toISOString(), tokenId: randomUUID() }
}

function zip<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  return first.slice(0, second.length).map((one, index) => [one, second[index]!])
}
