/** Clients that write without end and remember what they were promised. */
import { randomUUID } from 'node:crypto'
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { DEMO_CLINIC, DEMO_SITE } from '../../../src/identity/evaluation-issuer/accounts.js'
import type { RegisteredTwin } from '../../../src/twins/commands/register-twin.js'

/** A registration makes four events at the least: all of them are kept, or none. */
export const registration = () => ({
  custody: { controller: DEMO_CLINIC, owner: DEMO_SITE },
  source: 'clinic-ehr',
  demographics: { sex: 'female', birthDate: '1966-07-08', source: { system: 'clinic-ehr' } },
  identifiers: [
    { system: 'urn:mrn', value: randomUUID() },
    { system: 'urn:insurance', value: randomUUID() },
  ],
})

export interface Writers {
  /** Registrations answered with 201 so far. */
  acknowledged: RegisteredTwin[]
  /** Statuses and connection errors of everything else. */
  refusals: Set<string>
  /** Resolves once every client has got its last answer. */
  stop(): Promise<void>
}

/** Starts closed-loop clients; each goes on until it is stopped or nobody listens any more. */
export function startWriters(url: string, token: string, clients: number): Writers {
  const agent = new Agent({ keepAlive: false })
  const acknowledged: RegisteredTwin[] = []
  const refusals = new Set<string>()
  let stopped = false
  const client = async () => {
    while (!stopped) {
      try {
        const outgoing = open(url, token, agent)
        outgoing.end(JSON.stringify(registration()))
        const { status, body } = await answerTo(outgoing)
        if (status === 201) acknowledged.push(JSON.parse(body) as RegisteredTwin)
        else refusals.add(String(status))
      } catch (error) {
        const { code } = error as { code: string }
        refusals.add(code)
        if (code === 'ECONNREFUSED') return
      }
    }
  }
  const running = Array.from({ length: clients }, client)
  return {
    acknowledged,
    refusals,
    stop: async () => {
      stopped = true
      await Promise.all(running)
    },
  }
}

/** A registration that the service has begun to read, and whose body is not sent yet. */
export async function beginRegistration(url: string, token: string): Promise<() => Promise<{ status: number }>> {
  const outgoing = open(url, token, new Agent({ keepAlive: false }), { expect: '100-continue' })
  outgoing.flushHeaders()
  await once(outgoing, 'continue')
  return () => {
    outgoing.end(JSON.stringify(registration()))
    return answerTo(outgoing)
  }
}

function open(url: string, token: string, agent: Agent, headers: Record<string, string> = {}): ClientRequest {
  return request(`${url}/api/v1/twins`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
  })
}

async function answerTo(outgoing: ClientRequest): Promise<{ status: number; body: string }> {
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of incoming) body += String(chunk)
  return { status: incoming.statusCode!, body }
}
