/** Examples of the API page. */
const CONSULTATION = '2f1e0c52-5a0e-4ee5-8f0b-1f2f3f4f5f67'

export const CONSULTATION_RECEIPT_EXAMPLE = { consultation: CONSULTATION, replayed: false }

export const CONSULTATIONS_EXAMPLE = {
  consultations: [
    {
      consultation: CONSULTATION,
      trial: '3f0f3a52-6a0e-4ee5-8f0b-1f2f3f4f5f6f',
      code: 'K7QX-9M2T',
      status: 'waiting',
      dueOn: '2026-11-29',
      position: null,
    },
  ],
}
