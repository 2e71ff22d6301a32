/** The registry of the evaluation data set: versions approved, waiting, under assessment, found inadequate and superseded. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandBus, ICommand, QueryBus } from '@nestjs/cqrs'
import { canonicalJson } from '../../ledger/canonical-json.js'
import type { AnyModel } from '../../models/model.js'
import { ApproveVersion } from '../../models/registry/commands/approve-version.js'
import { ClassifyVersion } from '../../models/registry/commands/classify-version.js'
import { ProposeVersion } from '../../models/registry/commands/propose-version.js'
import { RecordCaseStep } from '../../models/registry/commands/record-case-step.js'
import { SupersedeVersion } from '../../models/registry/commands/supersede-version.js'
import type { Factor } from '../../models/registry/credibility-factors.js'
import type { Evidence, FactorAssessment, FactorGoal } from '../../models/registry/events.js'
import { findModel } from '../../models/registry/find-model.js'
import { modelDigests } from '../../models/registry/model-digests.js'
import type { CaseStepCommand } from '../../models/registry/model-version.js'
import type { ModelVersionId } from '../../models/registry/model-versions.js'
import { GetModelVersion } from '../../models/registry/queries/get-model-version.js'
import { shareOf } from '../../models/vectors/compare-vector.js'
import { runVectors } from '../../models/vectors/run-vector.js'
import { publicVectorsPath, readVectorFile } from '../../models/vectors/vector-file.js'
import { projectRoot } from '../../platform/project-root.js'
import { SEEDED_CASES } from './credibility-cases.js'
import { VERIFIED_LEVEL, type Backing, type Goal, type SeededCase } from './credibility-plan.js'
import type { DemoActors } from './demo-actors.js'
import type { SeedingProgress } from './seeding-progress.js'

export async function seedModels(
  commands: CommandBus,
  queries: QueryBus,
  actors: DemoActors,
  progress: SeedingProgress,
): Promise<void> {
  for (const seeded of SEEDED_CASES) {
    const model = findModel(seeded.model)
    const id = { model: model.id, version: seeded.version ?? model.version }
    let part = 0
    const record = (command: () => ICommand | Promise<ICommand>) =>
      progress.once(`model ${id.model} ${id.version} ${part++}`, async () => {
        await commands.execute(await command())
      })
    const card = { ...model.card, version: id.version }
    const proposal = { card, nature: seeded.nature, digests: modelDigests(model) }
    await record(() => new ProposeVersion(actors.as('modeller'), proposal))
    await record(() => new ClassifyVersion(actors.as('modeller'), id, seeded.aiAct))
    for (const [account, step] of stepsOf(seeded, model))
      await record(() => new RecordCaseStep(actors.as(account), id, step))
    if (seeded.approved) await record(() => approvalOf(queries, actors, id))
  }
  await supersede(commands, actors, progress)
}

/** The release candidate that the approved version took the place of. */
async function supersede(commands: CommandBus, actors: DemoActors, progress: SeedingProgress): Promise<void> {
  const id = { model: 'cvd.prevent-2023', version: '1.0.0-rc.1' }
  const { version } = findModel(id.model)
  await progress.once('supersession of a model', async () => {
    await commands.execute(new SupersedeVersion(actors.as('modeller'), id, version))
  })
}

/** Nobody can step up in the place of a person: approvals of made-up data are recorded without a signature, and say so. */
async function approvalOf(queries: QueryBus, actors: DemoActors, id: ModelVersionId): Promise<ApproveVersion> {
  const { revision, credibilityCase } = await queries.execute(new GetModelVersion(id))
  const approval = { recordDigest: credibilityCase.recordDigest, revision, signed: false }
  return new ApproveVersion(actors.as('qa'), id, approval)
}

/** The steps of a case as far as it goes, each with the account that takes it. */
function* stepsOf(seeded: SeededCase, model: AnyModel): Generator<[account: string, step: CaseStepCommand]> {
  const { contextOfUse, risk, goals, adequacy } = seeded
  yield ['modeller', { type: 'state-question', question: model.card.questionOfInterest }]
  yield ['modeller', { type: 'state-context', contextOfUse }]
  if (risk === undefined) return
  yield ['modeller', { type: 'assess-risk', risk }]
  if (goals === undefined) return
  yield ['modeller', { type: 'agree-plan', goals: Object.entries(goals).map(goalOf) }]
  for (const assessment of assessmentsOf(seeded, model)) yield ['sponsor', { type: 'assess-factor', assessment }]
  if (adequacy === undefined) return
  const report = evidenceOf('card', model)
  yield [
    'sponsor',
    { type: 'document-results', documentation: { report: { ...report, kind: 'report' }, deviations: [] } },
  ]
  yield ['modeller', { type: 'determine-adequacy', adequacy }]
}

function goalOf([factor, goal]: [string, Goal]): FactorGoal {
  const answer = typeof goal === 'string' ? { goal: null, rationale: goal } : goal
  return { factor: factor as Factor, ...answer }
}

function assessmentsOf({ reached = {} }: SeededCase, model: AnyModel): FactorAssessment[] {
  const stated = Object.entries(reached).map(([factor, { achieved, summary, backing }]) => ({
    factor: factor as Factor,
    achieved,
    summary,
    evidence: [evidenceOf(backing, model)],
  }))
  return [verification(model), ...stated]
}

/** Runs the reference results of the model, now: the level is what comes out. */
function verification(model: AnyModel): FactorAssessment {
  const { models } = readVectorFile()
  const [outcome] = runVectors({ models: { [model.id]: models[model.id]! } })
  const { vectors, worst } = outcome!
  const missed = vectors.filter(({ mismatches }) => mismatches.length > 0).length
  const nearest = worst ? `; the worst lies at ${Math.ceil(100 * shareOf(worst))} % of its tolerance` : ''
  return {
    factor: 'numerical-code-verification',
    achieved: missed === 0 ? VERIFIED_LEVEL : 0,
    summary: `${vectors.length - missed} of ${vectors.length} reference results are met${nearest}.`,
    evidence: [evidenceOf('reference-results', model)],
  }
}

function evidenceOf(backing: Backing, { card }: AnyModel): Evidence {
  if (backing === 'card')
    return {
      title: `Model card of ${card.id} ${card.version}`,
      kind: 'model-card',
      digest: sha256(canonicalJson(card)),
    }
  const path = backing === 'reference-results' ? publicVectorsPath() : join(projectRoot(), backing.file)
  const kind = backing === 'reference-results' ? 'reference-results' : 'test'
  const reference = path.slice(projectRoot().length + 1)
  return { title: reference, kind, digest: sha256(readFileSync(path)), reference }
}

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
