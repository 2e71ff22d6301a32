import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { ConfigurationError, InvalidRequest } from '../../platform/errors.js'
import { errorCode } from './system-error.js'
import { parseWitnessPolicy, type WitnessPolicy } from './witness-policy.js'

/** Reads a policy file. @throws ConfigurationError it cannot be read, is not UTF-8, or is malformed */
export async function readWitnessPolicyFile(file: string): Promise<WitnessPolicy> {
  try {
    const bytes = await readFile(file)
    if (!isUtf8(bytes)) throw new InvalidRequest('witness-policy-malformed', 'The policy is not UTF-8.')
    return parseWitnessPolicy(bytes.toString('utf8'))
  } catch (error) {
    const why = error instanceof InvalidRequest ? error.message : `It cannot be read (${errorCode(error)}).`
    const line = error instanceof InvalidRequest ? error.details : {}
    throw new ConfigurationError(`The witness policy cannot be used. ${why}`, { file, ...line }, { cause: error })
  }
}
