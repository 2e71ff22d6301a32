import { TwinLedgerError } from '../platform/errors.js'

/** What the service answered instead of doing what was asked, as it said it. */
class ServiceRefusal extends TwinLedgerError {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    details: Record<string, unknown>,
  ) {
    super(message, details)
  }
}

/** The error that a problem document (RFC 9457) stands for. */
export async function problemOfAnswer(response: Response): Promise<TwinLedgerError> {
  const document = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const { type: _type, title: _title, status: _status, instance, code, detail, ...extensions } = document
  return new ServiceRefusal(
    response.status,
    typeof code === 'string' ? code : 'unexpected-answer',
    typeof detail === 'string' ? detail : `The service answered with status ${response.status}.`,
    { ...extensions, ...(instance !== undefined && { instance }) },
  )
}
