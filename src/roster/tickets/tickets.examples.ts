/** Examples of the API page. */
const TICKET = '4b2d0c52-5a0e-4ee5-8f0b-1f2f3f4f5f65'

export const TICKET_RECEIPT_EXAMPLE = { ticket: TICKET, position: 2011 }

export const TICKET_EXAMPLE = {
  ticket: TICKET,
  actor: '8d6f2c1e-3b4a-8c5d-9e6f-7a8b9c0d1e2f',
  subject: '22222222-2222-4222-8222-222222222222',
  twin: '11111111-1111-4111-8111-111111111111',
  hours: 8,
  reason: 'duplicate-suspected',
  requestedAt: '2026-11-20T09:00:00.000Z',
  approved: { by: '0b5c7a52-94c1-8d3e-b0f1-2f6f0c9a1d11', role: 'compliance', at: '2026-11-20T10:00:00.000Z' },
  approval: '9c1f0c52-5a0e-4ee5-8f0b-1f2f3f4f5f66',
  until: '2026-11-20T18:00:00.000Z',
  status: 'open',
}
