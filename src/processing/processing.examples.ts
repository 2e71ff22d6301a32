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
  transfers: [],
  retention: [{ recordClass: 'eu-trial-record', years: 25, minimumYears: 25 }],
  securityMeasures: ['Every read of values and every refusal is an event.'],
}
