/** The name of the system that data comes from. It stands in clear text in the log, so it can only be a name, never a person's. */
import { InvalidRequest } from '../../platform/errors.js'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const URN = /^urn:(oid:[0-2](\.(0|[1-9]\d*)){1,30}|uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const LONGEST_URI = 200

/** True for a plain name, a `urn:oid:`, a `urn:uuid:`, or an http(s) URI without user, query and fragment. */
export function isSourceSystem(name: string): boolean {
  return NAME.test(name) || URN.test(name) || isPlainUri(name)
}

function isPlainUri(text: string): boolean {
  if (text.length > LONGEST_URI || !/^https?:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false
  const { username, password, search, hash } = new URL(text)
  return username === '' && password === '' && search === '' && hash === ''
}

/**
 * The source of a whole request: what the bundle says, else what the caller's header says.
 *
 * @throws InvalidRequest `fhir-source-invalid` when what they say is no usable name
 */
export function statedSource(bundle: string | undefined, header: string | undefined): string | undefined {
  const source = withoutFragment(bundle) ?? header
  if (source === undefined || isSourceSystem(source)) return source
  throw new InvalidRequest('fhir-source-invalid', 'The source system is neither a name nor a plain URI.')
}

/** The source of one patient's record: the Patient's own `meta.source` where that is a usable name, else that of the request. */
export function sourceOfRecord(metaSource: string | undefined, request: string): string {
  const own = withoutFragment(metaSource)
  return own !== undefined && isSourceSystem(own) ? own : request
}

/** Servers write a request id behind the `#` of `meta.source`, or nothing but that. */
function withoutFragment(source: string | undefined): string | undefined {
  return source?.split('#')[0] || undefined
}
