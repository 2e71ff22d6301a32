/** A service with a trial to sign, and people who authenticate. */
import { openAuthentication } from '../../src/authentication.js'
import type { EvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { DEMO_SPONSOR } from '../../src/identity/evaluation-issuer/accounts.js'
import { EVALUATION_ACR } from '../../src/platform/configuration.js'
import type { SigningRequest } from '../../src/signatures/commands/open-signing.js'
import type { SignatureReceipt } from '../../src/signatures/commands/sign-record.js'
import type { SignatureMeaning } from '../../src/signatures/meanings.js'
import type { SignatureView } from '../../src/signatures/queries/get-signature.js'
import type { TestService } from '../support/test-service.js'

export interface Answer<T> {
  status: number
  body: T & { code?: string }
  challenge: string | null
}

export interface Authenticated {
  acr?: string
  /** Seconds ago. */
  ago?: number
  nonce?: string
}

/** What a person does who signs, over HTTP, as the console does it. */
export class Signing {
  private constructor(
    readonly test: TestService,
    readonly issuer: EvaluationIssuer,
  ) {}

  static async at(test: TestService): Promise<Signing> {
    return new Signing(test, (await openAuthentication(test.configuration)).issuer!)
  }

  /** The token of a person who has just authenticated; with all components unless said otherwise. */
  steppedUp(
    account: string,
    { acr = EVALUATION_ACR.allComponents, ago = 0, nonce }: Authenticated = {},
  ): Promise<string> {
    const auth_time = Math.floor(Date.now() / 1000) - ago
    return this.issuer.issueToken(account, { claims: { acr, auth_time, ...(nonce !== undefined && { nonce }) } })
  }

  async post<T>(token: string, path: string, body: object, method = 'POST'): Promise<Answer<T>> {
    const response = await this.test.fetch(path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
    const challenge = response.headers.get('www-authenticate')
    return { status: response.status, body: (await response.json()) as Answer<T>['body'], challenge }
  }

  async attest(account: string, printedName: string) {
    return this.post<{ signer: string }>(await this.steppedUp(account), '/api/v1/signers/me/attestation', {
      printedName,
    })
  }

  async open(account: string, stream: string, revision: number, meaning: SignatureMeaning) {
    const token = await this.issuer.issueToken(account)
    return this.post<SigningRequest>(token, '/api/v1/signing-requests', { stream, revision, meaning })
  }

  sign(token: string, request: string) {
    return this.post<SignatureReceipt>(token, '/api/v1/signatures', { request })
  }

  /** From the request to the signature. */
  async signed(
    account: string,
    stream: string,
    revision: number,
    meaning: SignatureMeaning,
  ): Promise<SignatureReceipt> {
    const { body: opened } = await this.open(account, stream, revision, meaning)
    const { status, body } = await this.sign(await this.steppedUp(account, { nonce: opened.request }), opened.request)
    if (status !== 201) throw new Error(`Answered ${status}: ${JSON.stringify(body)}`)
    if (typeof body.position !== 'number') throw new Error(`Answered ${JSON.stringify(body)}`)
    return body
  }

  async read<T = SignatureView>(account: string, path: string, seeing?: { position: number }): Promise<T> {
    const headers = seeing ? { 'Ledger-Wait-For': String(seeing.position + 1) } : undefined
    const response = await this.test.request(account, path, { headers })
    if (response.status !== 200) throw new Error(`Answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }

  /** A trial of the sponsor: `trial-<id>` at revision 0. */
  async registerTrial(code: string): Promise<string> {
    const token = await this.issuer.issueToken('sponsor')
    const trial = { code, title: 'A made-up trial', sponsor: DEMO_SPONSOR, protocol: { id: code, version: '1.0' } }
    const { status, body } = await this.post<{ trial: string }>(token, '/api/v1/trials', trial)
    if (status !== 201) throw new Error(`Answered ${status}: ${JSON.stringify(body)}`)
    const { trials = [] } = this.issuer.accounts.get('sponsor')
    this.issuer.accounts.assign('sponsor', { trials: [...trials, body.trial] })
    return body.trial
  }

  /** The sponsor is not told where the log holds the amendment; as long as nobody else acts, it is the last entry. */
  async amendProtocol(trial: string, version: string): Promise<{ position: number }> {
    const token = await this.issuer.issueToken('sponsor')
    const path = `/api/v1/trials/${trial}/protocol`
    const { status, body } = await this.post(token, path, { id: 'EVAL-1', version }, 'PUT')
    if (status !== 200) throw new Error(`Answered ${status}: ${JSON.stringify(body)}`)
    const checkpoint = await (await this.test.request(null, '/log/checkpoint')).text()
    return { position: Number(checkpoint.split('\n')[1]) - 1 }
  }
}
