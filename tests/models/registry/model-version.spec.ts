import { describe, expect, it } from '@jest/globals'
import { CASE_STEPS } from '../../../src/models/registry/case-steps.js'
import { factorsFor } from '../../../src/models/registry/credibility-factors.js'
import type { ReopeningCause } from '../../../src/models/registry/events.js'
import { decide, type ModelVersionCommand } from '../../../src/models/registry/model-version.js'
import {
  nextStep,
  recordDigest,
  UNPROPOSED,
  type ModelVersionState,
} from '../../../src/models/registry/model-version-state.js'
import { type TwinLedgerError } from '../../../src/platform/errors.js'
import {
  after,
  APPROVER,
  approvalOf,
  approved,
  assess,
  ASSESSOR,
  AUTHOR,
  classification,
  evidence,
  fold,
  goalsFor,
  proposal,
  STEPS,
  UNTIL,
} from './support.js'

/** Code of the refusal; `taken` when there is none. */
function outcome(state: ModelVersionState, command: ModelVersionCommand): string {
  try {
    decide(state, command)
    return 'taken'
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}

const reopening = (from: (typeof CASE_STEPS)[number], cause: ReopeningCause = 'drift') =>
  ({ type: 'reopen', reopening: { cause, from, explanation: 'Calibration fell.', evidence: [evidence] } }) as const

/** One command for each step. */
const TAKING = { ...STEPS, execution: assess('model-form') } as const

// proves TL-MOD-004
describe('the seven steps of a credibility case', () => {
  const cells = CASE_STEPS.flatMap((reached, place) =>
    CASE_STEPS.map((step, other) => {
      // Until the results are documented a factor may be assessed anew.
      const again = reached === 'documentation' && step === 'execution'
      const expected = place === other || again ? 'taken' : other < place ? 'case-step-done' : 'case-step-out-of-order'
      return { reached, step, expected }
    }),
  )
  it.each(cells)('when $reached comes next, $step is $expected', ({ reached, step, expected }) => {
    const state = after(...UNTIL[reached])
    expect(nextStep(state.case)).toBe(reached)
    expect(outcome(state, TAKING[step])).toBe(expected)
  })

  it('begin with a proposal, and a version is proposed once', () => {
    for (const command of [
      ...Object.values(TAKING),
      reopening('question'),
      { type: 'retire', explanation: '.' } as const,
    ])
      expect(outcome(UNPROPOSED, command)).toBe('model-version-not-found')
    expect(outcome(after(...UNTIL.question), { type: 'propose', proposal: proposal() })).toBe('model-version-exists')
  })

  it('end at the last: nothing more is taken without reopening', () => {
    const state = after(...UNTIL.approval)
    for (const step of CASE_STEPS) expect(outcome(state, TAKING[step])).toBe('case-step-done')
  })

  it('derive the tier of the risk from influence and consequence', () => {
    const risk = { influence: 'high', consequence: 'medium', rationale: '.' } as const
    expect(decide(after(...UNTIL.risk), { type: 'assess-risk', risk })).toMatchObject([{ data: { tier: 'high' } }])
  })

  it('need a context of use that names purposes and bounds', () => {
    const { contextOfUse } = STEPS['context-of-use']
    for (const change of [{ purposes: [] }, { limits: [{ input: 'age' }] }])
      expect(
        outcome(after(...UNTIL['context-of-use']), {
          type: 'state-context',
          contextOfUse: { ...contextOfUse, ...change },
        }),
      ).toBe('context-empty')
  })
})

describe('the plan', () => {
  const planning = after(...UNTIL.plan)
  const goals = goalsFor('statistical')
  it.each([
    ['leaves a factor out', goals.slice(1)],
    ['answers one twice', [...goals, goals[0]!]],
    ['applies a factor of learned models to another', goalsFor('learned')],
    ['applies no factor at all', goals.map((goal) => ({ ...goal, goal: null }))],
  ])('is refused when it %s', (_, wrong) => {
    expect(outcome(planning, { type: 'agree-plan', goals: wrong })).toBe('plan-incomplete')
  })

  it('of a learned model answers four more factors', () => {
    const learned = after(
      [AUTHOR, { type: 'propose', proposal: proposal({ nature: 'learned' }) }],
      ...UNTIL.plan.slice(1),
    )
    expect(factorsFor('learned')).toHaveLength(factorsFor('mechanistic').length + 4)
    expect(outcome(learned, { type: 'agree-plan', goals })).toBe('plan-incomplete')
    expect(outcome(learned, { type: 'agree-plan', goals: goalsFor('learned') })).toBe('taken')
  })

  it('says which factors are assessed: another is refused, and so is a level without evidence', () => {
    const executing = after(...UNTIL.execution)
    expect(outcome(executing, assess('discretisation-error'))).toBe('factor-not-applicable')
    expect(outcome(executing, assess('training-data'))).toBe('factor-not-applicable')
    const bare = { factor: 'model-form', achieved: 2, summary: '.', evidence: [] } as const
    expect(outcome(executing, { type: 'assess-factor', assessment: bare })).toBe('evidence-missing')
    expect(outcome(executing, assess('model-form', 0))).toBe('taken')
  })
})

// proves TL-MOD-005
describe('approval', () => {
  it('goes to a case that ended in adequacy, with what was read on record', () => {
    const state = after(...UNTIL.approval)
    expect(decide(state, approvalOf(state))).toEqual([
      { type: 'model.approved', data: { recordDigest: recordDigest(state), revision: 20, signature: null } },
    ])
    expect(approved()).toMatchObject({ status: 'approved', approval: { by: APPROVER, signature: null } })
  })

  it.each(CASE_STEPS)('is refused when %s is still to come', (step) => {
    const state = after(...UNTIL[step])
    expect(outcome(state, approvalOf(state))).toBe('case-not-adequate')
  })

  it('is blocked by one goal that is not met', () => {
    const state = after(
      ...UNTIL.documentation,
      [ASSESSOR, assess('output-comparison', 0)],
      [AUTHOR, STEPS.documentation],
    )
    expect(outcome(state, STEPS.adequacy)).toBe('goal-unmet')
    const inadequate = decide(state, {
      type: 'determine-adequacy',
      adequacy: { adequate: false, rationale: 'No comparison was possible.' },
    }).reduce((folded, event) => fold(folded, event), state)
    expect(outcome(inadequate, approvalOf(inadequate))).toBe('case-not-adequate')
    // Not even an adequacy that somebody put on record by another way gets past the goals.
    const claimed = fold(state, { type: 'model.adequacy-determined', data: STEPS.adequacy.adequacy })
    expect(outcome(claimed, approvalOf(claimed))).toBe('goal-unmet')
  })

  it.each([AUTHOR, ASSESSOR])('is refused to %s, who had a part in it', (by) => {
    const state = after(...UNTIL.approval)
    expect(outcome(state, approvalOf(state, by))).toBe('approver-is-author')
  })

  it('is refused to whoever had a part before the case was reopened', () => {
    const state = after(
      ...UNTIL.approval,
      [AUTHOR, reopening('documentation')],
      ...[[AUTHOR, STEPS.documentation] as const, [AUTHOR, STEPS.adequacy] as const],
    )
    expect(outcome(state, approvalOf(state, ASSESSOR))).toBe('approver-is-author')
    expect(outcome(state, approvalOf(state))).toBe('taken')
  })

  it('is of the case as it was read: a digest of another state is refused', () => {
    const earlier = after(...UNTIL.approval)
    const changed = fold(earlier, {
      type: 'model.ai-act-classified',
      data: { ...classification, rationale: 'Another one.' },
    })
    expect(outcome(changed, approvalOf(earlier))).toBe('case-changed')
  })

  // proves TL-MOD-007
  it('needs a class under the EU AI Act that is not prohibited', () => {
    const unclassified = after(...UNTIL.adequacy, [AUTHOR, STEPS.adequacy])
    expect(outcome(unclassified, approvalOf(unclassified))).toBe('ai-act-unclassified')
    const prohibited = fold(unclassified, {
      type: 'model.ai-act-classified',
      data: { ...classification, class: 'prohibited' },
    })
    expect(outcome(prohibited, approvalOf(prohibited))).toBe('ai-act-prohibited')
  })

  it('is not given twice, and what was approved is changed by reopening alone', () => {
    expect(outcome(approved(), approvalOf(approved()))).toBe('case-not-adequate')
    expect(outcome(approved(), { type: 'classify', classification })).toBe('model-version-approved')
  })
})

// proves TL-MOD-006
describe('reopening', () => {
  it('on drift ends the approval and asks for everything from the step on', () => {
    const state = decide(approved(), reopening('execution')).reduce((folded, event) => fold(folded, event), approved())
    expect(state).toMatchObject({
      status: 'under-assessment',
      approval: null,
      case: { assessments: [], adequacy: null },
    })
    expect(state.case.goals).toEqual(approved().case.goals)
    expect(nextStep(state.case)).toBe('execution')
    expect(state.reopenings).toMatchObject([{ cause: 'drift', from: 'execution' }])
  })

  it.each(CASE_STEPS)('from %s makes it the next step', (step) => {
    const state = decide(approved(), reopening(step)).reduce((folded, event) => fold(folded, event), approved())
    expect(nextStep(state.case)).toBe(step)
  })

  it('on drift shows the drift', () => {
    const unshown = { ...reopening('execution').reopening, evidence: [] }
    expect(outcome(approved(), { type: 'reopen', reopening: unshown })).toBe('evidence-missing')
    expect(outcome(approved(), { type: 'reopen', reopening: { ...unshown, cause: 'review-finding' } })).toBe('taken')
  })

  it('goes back, never ahead', () => {
    const state = after(...UNTIL.plan)
    expect(outcome(state, reopening('plan'))).toBe('case-not-begun')
    expect(outcome(state, reopening('execution'))).toBe('case-not-begun')
    expect(outcome(state, reopening('risk'))).toBe('taken')
  })
})

describe('an ended version', () => {
  const ended = [
    ['superseded', fold(approved(), { type: 'model.superseded', data: { by: '2.0.0' } })],
    ['retired', fold(approved(), { type: 'model.retired', data: { explanation: 'Corrected.' } })],
  ] as const
  it.each(ended)('that is %s takes nothing more', (_, state) => {
    const commands: ModelVersionCommand[] = [
      ...Object.values(TAKING),
      approvalOf(state),
      reopening('risk'),
      { type: 'classify', classification },
      { type: 'supersede', by: '3.0.0' },
    ]
    expect(commands.map((command) => outcome(state, command))).toEqual(commands.map(() => 'model-version-ended'))
  })

  it('can be retired after it was superseded, and is retired once', () => {
    const retire = { type: 'retire', explanation: '.' } as const
    expect(ended.map(([, state]) => outcome(state, retire))).toEqual(['taken', 'model-version-ended'])
  })
})
