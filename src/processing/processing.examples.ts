/** Example of the API page. */
export const RECORDS_EXAMPLE = {
  generatedAt: '2026-11-22T09:00:00.000Z',
  softwareVersion: '1.0.0',
  controllers: ['evaluation-clinic'],
  activities: [
    {
      purpose: 'HRESCH',
      title: 'healthcare research',
      bases: [{ article6: '6-1-a', article9: '9-2-a' }],
      subjects: ['patients'],
      data: ['health (coded)'],
      recipients: ['investigator', 'modeller'],
    },
  ],
  permits: [
    {
      permit: '7c1f0d6e-52c4-4b0f-9a1e-0d1c2b3a4f50',
      identifier: 'HDAB-2026-0042',
      issuer: 'access-body',
      user: 'evaluation-institute',
      purposes: ['scientific-research'],
      until: '2028-11-01T00:00:00.000Z',
      standing: 'in-force',
    },
  ],
  transfers: [],
  retention: [{ recordClass: 'eu-trial-record', years: 25, minimumYears: 25 }],
  securityMeasures: ['Every read of values and every refusal is an event.'],
}

export const OUTDATED_NOTICES_EXAMPLE = {
  consents: [
    {
      subject: '2c4f0f3a-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      consent: '6d0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      controller: 'evaluation-clinic',
      notice: 'twin-research',
      version: '2.1',
      language: 'de-CH',
      givenAt: '2026-03-02T09:30:00.000Z',
      valid: { version: '2.2', language: 'de' },
    },
  ],
}
