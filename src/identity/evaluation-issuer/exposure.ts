import { isIPv4 } from 'node:net'
import { ConfigurationError } from '../../platform/errors.js'

/** Where the service would be reachable with an issuer that asks for no password. */
export interface EvaluationExposure {
  /** The address the service listens on (`HOST`). */
  host: string
  /** The URL people reach it under. */
  publicUrl: string
  /** A configured issuer; beside one, the embedded issuer never runs. */
  externalIssuer?: string
  /** An operator's explicit word that others may reach an evaluation service. Default false. */
  allowBeyondLoopback?: boolean
}

/**
 * Refuses to run the evaluation issuer where it would be an open door: beside a real issuer, always; reachable from
 * other machines, unless explicitly allowed.
 *
 * @throws ConfigurationError
 */
export function assertEvaluationIssuerAllowed(exposure: EvaluationExposure): void {
  if (exposure.externalIssuer) {
    throw new ConfigurationError('The evaluation issuer cannot run beside a configured OIDC issuer.')
  }
  if (exposure.allowBeyondLoopback === true) return
  if (!isLoopback(exposure.host) || !isLoopback(new URL(exposure.publicUrl).hostname)) {
    throw new ConfigurationError(
      'The evaluation issuer asks for no password, so it runs only on a loopback address. ' +
        'Configure an OIDC issuer, or explicitly allow evaluation mode beyond loopback.',
    )
  }
}

/** Whether a host name or address can only mean this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'))
  )
}
