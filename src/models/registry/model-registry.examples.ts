/** Examples of the API page. */
export const MODEL_VERSION_RECEIPT_EXAMPLE = {
  model: 'cvd.prevent-2023',
  version: '1.0.0',
  revision: 7,
  position: 1204,
  replayed: false,
}

export const MODEL_LIST_EXAMPLE = [
  {
    id: 'cvd.prevent-2023',
    version: '1.0.0',
    title: 'AHA PREVENT equations: 10- and 30-year risk of cardiovascular disease',
    doi: ['10.1161/CIRCULATIONAHA.123.067626'],
    risk: { influence: 'medium', consequence: 'medium', tier: 'medium' },
    runsOnTwins: true,
    status: 'approved',
    forDecisions: true,
    reasons: [],
  },
]

export const MODEL_VERSIONS_EXAMPLE = [
  {
    id: '5d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
    model: 'cvd.prevent-2023',
    version: '1.0.0',
    title: 'AHA PREVENT equations: 10- and 30-year risk of cardiovascular disease',
    nature: 'statistical',
    status: 'approved',
    riskTier: 'low',
    aiActClass: 'research-only',
    codeDigest: '1c0f4a5b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b0d9e6d3b',
    coefficientDigest: '8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b0d9e6d3b1c0f4a5b',
    signed: false,
    supersededBy: null,
    proposedAt: '2026-03-02T08:00:00.000Z',
    approvedAt: '2026-04-11T09:20:00.000Z',
    revision: 19,
    position: 1204,
    proposedPosition: 1180,
  },
]

export const CREDIBILITY_CASE_EXAMPLE = {
  steps: [
    { step: 'question', done: true },
    { step: 'context-of-use', done: true },
    { step: 'risk', done: true },
    { step: 'plan', done: true },
    { step: 'execution', done: false },
    { step: 'documentation', done: false },
    { step: 'adequacy', done: false },
  ],
  next: 'execution',
  question: 'How likely is a first cardiovascular event within ten years?',
  contextOfUse: {
    statement: 'Research on primary prevention; not for the treatment of anybody.',
    purposes: ['HRESCH'],
    limits: [{ input: 'age', minimum: 30, maximum: 79 }],
  },
  risk: { influence: 'low', consequence: 'medium', tier: 'low', rationale: 'Nobody is treated by it.' },
  factors: [
    {
      factor: 'numerical-code-verification',
      title: 'Numerical code verification',
      group: 'code-verification',
      goal: 2,
      asksFor: 'A set of reference results of independent origin is met within a stated tolerance.',
      rationale: 'Independent reference results exist.',
      achieved: null,
      met: false,
      summary: null,
      evidence: [],
    },
  ],
  unmet: ['numerical-code-verification'],
  documentation: null,
  adequacy: null,
  reopenings: [],
  recordDigest: '9f3c4d0f5e0a7b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8',
}

export const MODEL_VERSION_EXAMPLE = {
  model: 'cvd.prevent-2023',
  version: '1.0.0',
  nature: 'statistical',
  status: 'under-assessment',
  aiAct: { class: 'research-only', basis: 'Art. 2(6)', rationale: 'Used for scientific research alone.' },
  approval: null,
  supersededBy: null,
  running: { sameVersion: true, sameCode: true, sameCoefficients: true },
  credibilityCase: CREDIBILITY_CASE_EXAMPLE,
  stream: 'model-5d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  revision: 7,
}
