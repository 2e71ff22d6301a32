/** Examples of the API page. */
const SUBJECT = '22222222-2222-4222-8222-222222222222'
const CASE = {
  case: '55555555-5555-4555-8555-555555555555',
  keyClass: 'trial-record',
  recordClasses: ['eu-trial-record'],
  status: 'open',
  until: '2051-11-22T09:00:00.000Z',
  holds: [],
}

export const PERIOD_EXAMPLE = {
  recordClass: 'eu-trial-record',
  title: 'clinical trial master file of a trial in the EU or EEA',
  minimumYears: 25,
  keyClasses: ['trial-record'],
  source: 'Regulation (EU) 536/2014 Art 58',
  years: 25,
  clock: 'the end of the trial',
}
export const PERIOD_RECEIPT_EXAMPLE = { revision: 0, position: 2114, replayed: false }
export const CASE_PAGE_EXAMPLE = {
  items: [{ ...CASE, subject: SUBJECT, erasure: null, firstPosition: 2120, position: 2120 }],
}
export const SUBJECT_RETENTION_EXAMPLE = {
  subject: SUBJECT,
  lines: [
    {
      keyClass: 'trial-record',
      state: 'due',
      until: '2051-11-22T09:00:00.000Z',
      because: [
        {
          recordClass: 'eu-trial-record',
          title: PERIOD_EXAMPLE.title,
          source: PERIOD_EXAMPLE.source,
          clock: PERIOD_EXAMPLE.clock,
          until: '2051-11-22T09:00:00.000Z',
        },
      ],
    },
  ],
  holds: [],
  cases: [CASE],
}
export const EXPIRY_RECEIPT_EXAMPLE = { erasure: '66666666-6666-4666-8666-666666666666', position: 2125 }
export const REVIEW_EXAMPLE = { opened: 1, heldBack: 0 }
