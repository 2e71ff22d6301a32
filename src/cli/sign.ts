/** Signing from the command line, with an evaluation account: what the console does, step by step. */
import type { Command } from 'commander'
import { requestStepUpToken } from '../identity/evaluation-issuer/request-step-up-token.js'
import { readConfiguration, type Configuration } from '../platform/configuration.js'
import { evaluationFolder } from '../platform/data-folder.js'
import { InvalidRequest } from '../platform/errors.js'
import type { SigningRequest } from '../signatures/commands/open-signing.js'
import type { SignatureReceipt } from '../signatures/commands/sign-record.js'
import type { SignerView } from '../signatures/queries/get-signer.js'
import { postJson, readJson, untilShown } from './service-client.js'
import { evaluationToken, serviceUrl } from './service-address.js'

export function addAttestCommand(program: Command): void {
  program
    .command('attest <account> <name>')
    .description('declare for an evaluation account that its electronic signatures bind, and how its name is printed')
    .option('--url <url>', 'the service (default: as configured here)')
    .action(async (account: string, name: string, options: { url?: string }) => {
      const { configuration } = readConfiguration()
      const url = serviceUrl(options, configuration)
      const token = await evaluationToken(configuration, url, account)
      const { acrValues } = await readJson<SignerView>(`${url}/api/v1/signers/me`, token)
      const stepped = await stepUpToken(configuration, url, account, acrValues[0]!)
      const { signer } = await postJson<{ signer: string }>(`${url}/api/v1/signers/me/attestation`, stepped, {
        printedName: name,
      })
      process.stdout.write(`${signer}\n`)
    })
}

export function addSignCommand(program: Command): void {
  program
    .command('sign <account> <stream> <revision> <meaning>')
    .description('sign a record with an evaluation account; prints the id of the signature')
    .option('--url <url>', 'the service (default: as configured here)')
    .action(async (account: string, stream: string, revision: string, meaning: string, options: { url?: string }) => {
      if (!/^\d{1,9}$/.test(revision)) throw new InvalidRequest('revision-invalid', 'A revision is a whole number.')
      const { configuration } = readConfiguration()
      const url = serviceUrl(options, configuration)
      const token = await evaluationToken(configuration, url, account)
      const what = { stream, revision: Number(revision), meaning }
      const opened = await postJson<SigningRequest>(`${url}/api/v1/signing-requests`, token, what)
      const { request } = opened
      const stepped = await stepUpToken(configuration, url, account, opened.acrValues[0]!, request)
      const { signature, position } = await postJson<SignatureReceipt>(`${url}/api/v1/signatures`, stepped, { request })
      await untilShown(url, position)
      process.stdout.write(`${signature}\n`)
    })
}

/** Authenticates at the issuer's own page, with the password that the data folder keeps for the account. */
export function stepUpToken(
  configuration: Configuration,
  url: string,
  account: string,
  acr: string,
  nonce?: string,
): Promise<string> {
  const dataDirectory = evaluationFolder(configuration)
  return requestStepUpToken({ issuerUrl: `${url}/oidc`, dataDirectory, account, acr, nonce })
}
