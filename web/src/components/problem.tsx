import type { ApiProblem } from '../api/problem.js'

/** A refusal or failure: what it was, its stable code, and the id to quote when asking for help. */
export function Problem({ problem, retry }: { problem: ApiProblem; retry?: () => void }) {
  const { fields, reasons, faults } = problem.extensions
  const details = [fields, reasons, faults].find(Array.isArray)
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{HEADLINES[problem.status] ?? 'This did not work.'}</strong> {problem.message}
      </p>
      {details && (
        <ul>
          {details.map((detail: unknown) => (
            <li key={JSON.stringify(detail)}>{describe(detail)}</li>
          ))}
        </ul>
      )}
      <p className="small quiet">
        Code <code>{problem.code}</code>
        {problem.correlation && (
          <>
            {' '}
            · quote <code>{problem.correlation}</code> when asking for help
          </>
        )}
      </p>
      {retry && (
        <p>
          <button type="button" className="button" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </div>
  )
}

const HEADLINES: Record<number, string> = {
  401: 'You are not signed in.',
  403: 'This is not open to you.',
  404: 'There is no such record.',
  409: 'Something else happened first.',
  412: 'Something else happened first.',
  422: 'This cannot be done.',
  503: 'The service is not ready.',
}

/** A field that is wrong, an input that is in the way, a fault at a place of a file. */
function describe(detail: unknown): string {
  if (typeof detail === 'string') return detail
  const { field, path, input, at, message, problem, code, limit } = detail as Record<string, unknown>
  return [field ?? path ?? input ?? at, message ?? problem ?? code, limit].filter(Boolean).join(': ')
}
