/** Examples of the API page. */
export const TRIAL_EXAMPLE = {
  trial: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  code: '2026-501234-17-00',
  title: 'Statin intensity guided by a digital twin',
  sponsor: 'evaluation-sponsor',
  protocol: { id: 'PROT-042', version: '2.1' },
  phase: 'phase-3',
  status: 'open',
  revision: 4,
  sites: [{ site: 'evaluation-site-1', country: 'CH', status: 'open' }],
  enrolled: 2,
  withdrawn: 1,
}

export const TRIAL_PAGE_EXAMPLE = {
  trials: [
    {
      trial: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      code: '2026-501234-17-00',
      title: 'Statin intensity guided by a digital twin',
      sponsor: 'evaluation-sponsor',
      protocolId: 'PROT-042',
      protocolVersion: '2.1',
      phase: 'phase-3',
      status: 'open',
      closingReason: null,
      enrolled: 2,
      withdrawn: 1,
      revision: 4,
      position: 812,
      registeredPosition: 790,
      registeredAt: '2026-03-02T08:00:00.000Z',
      closedAt: null,
    },
  ],
  next: 'cDc5MA',
}

export const ENROLMENT_PAGE_EXAMPLE = {
  enrolments: [
    {
      code: 'K7QX-9M2T',
      site: 'evaluation-site-1',
      status: 'withdrawn',
      enrolledAt: '2026-03-02T09:30:00.000Z',
      withdrawnAt: '2026-05-11T14:02:00.000Z',
      withdrawalReason: 'subject-decision',
      position: 803,
    },
  ],
}

export const TRIAL_RECEIPT_EXAMPLE = {
  trial: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
  revision: 0,
  position: 790,
  replayed: false,
}
