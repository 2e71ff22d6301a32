/** The names by which somebody knows what is in a trial, found as they would: by reading lists and what they list. */
import type { Known } from './crawl.js'

type Row = Record<string, unknown>

/** @param ask as the one who knows; what is refused to them is nothing they know */
export async function knownWithin(trial: string, ask: (path: string) => Promise<Response>): Promise<Known> {
  const read = async (path: string): Promise<Row> => {
    const response = await ask(`/api/v1${path}`)
    return response.status === 200 ? ((await response.json()) as Row) : {}
  }
  const list = async (path: string, name: string) => ((await read(path))[name] ?? []) as Row[]
  const twins = column(await list(`/twins?trial=${trial}`, 'twins'), 'twin')
  const views = await Promise.all(twins.map((twin) => read(`/twins/${twin}`)))
  const runs = (await list(`/simulations?trial=${trial}&limit=100`, 'runs')).filter((row) => row['trial'] === trial)
  const shown = await Promise.all(column(runs, 'run').map((run) => read(`/simulations/${run}`)))
  const cohorts = (await list('/cohorts', 'cohorts')).filter((row) => row['trial'] === trial)
  const reviews = (await list('/audit-reviews', 'reviews')).filter((row) => row['trial'] === trial)
  const meshes = await Promise.all(twins.map(async (twin) => (await ask(`/api/v1/twins/${twin}/meshes`)).json()))
  const { name: _name, id: signer } = (await read('/signers/me')) as { name?: string; id?: string }
  return {
    trial: [trial],
    twins,
    twin: twins,
    subject: column(views, 'subject'),
    eventId: views.flatMap(({ facts }) => column(facts as Row[], 'id').slice(0, 1)),
    run: column(runs, 'run').slice(0, 6),
    cohort: column(cohorts, 'cohort'),
    query: column(await list(`/data-queries?trial=${trial}`, 'queries'), 'query'),
    code: column(await list(`/trials/${trial}/enrolments`, 'enrolments'), 'code'),
    mesh: column(meshes.flat() as Row[], 'mesh'),
    signature: [...shown, ...views].flatMap(({ signatures }) => column(signatures as Row[], 'signature')).slice(0, 4),
    review: column(reviews, 'review'),
    position: (await list(`/audit?trial=${trial}&limit=5`, 'entries')).map(({ position }) => String(position)),
    signer: signer === undefined ? [] : [signer],
  }
}

const column = (rows: readonly Row[] = [], name: string): string[] => [
  ...new Set(rows.map((row) => row[name]).filter((value) => typeof value === 'string')),
]
