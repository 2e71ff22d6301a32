/**
 * What the evaluation data set has to hold: each kind of twin that the service is for has results to look at, repeat and doubt.
 * Declared as specifications of a service that runs, so that they are about what `npm start` shows.
 */
import { beforeAll, describe, expect, it } from '@jest/globals'
import { MODEL_LIBRARY } from '../../../src/models/library/index.js'
import type { ReplayAnswer } from '../../../src/simulations/commands/replay-run.js'
import type { DesignReplayAnswer } from '../../../src/simulations/designs/commands/replay-design.js'
import type { DesignRow } from '../../../src/simulations/designs/design.row.js'
import type { ModelReadiness } from '../../../src/simulations/queries/get-readiness.js'
import type { RunView } from '../../../src/simulations/queries/get-run.js'
import type { RunPage } from '../../../src/simulations/queries/list-runs.js'
import type { Client } from '../../e2e/support/clinic.js'

const OPPORTUNITIES: Readonly<Record<string, readonly string[]>> = {
  'surgical recovery and medication response': [
    'surgery.sort',
    'surgery.p-possum',
    'surgery.what-if-plan',
    'anaes.eleveld-propofol-2018',
    'anaes.what-if-infusion',
  ],
  'ageing and genetics': [
    'ageing.phenoage-2018',
    'ageing.what-if-markers',
    'pgx.warfarin-iwpc-2009',
    'pgx.cpic-phenotype',
  ],
  'bodies in three dimensions': ['body.lv-truncated-ellipsoid', 'heart.lvmass-echo', 'body.anthropometry'],
  'personalised medicine': [
    'pk.vancomycin-goti-2018',
    'pk.vancomycin-buelga-2005',
    'pk.map-engine-1cmt-oral',
    'pk.what-if-vancomycin',
    'glucose.hovorka-2004',
    'glucose.what-if-insulin',
  ],
  'heart disease with the effect of drugs': [
    'cvd.prevent-2023',
    'cvd.score2-2021',
    'cvd.score2-diabetes-2023',
    'cvd.treatment-effect',
    'cvd.what-if-drugs',
    'heart.loop-bjordalsbakke-2022',
    'heart.loop-shi-2009',
    'renal.ckdepi2021+cockcroftgault',
  ],
}

/** @param client of the service, once it is ready */
export function specifyOpportunities(client: Client): void {
  let runs: RunPage['runs']

  async function get<Answer>(path: string): Promise<Answer> {
    const response = await client.request('regulator', `/api/v1${path}`)
    expect(response.status).toBe(200)
    return (await response.json()) as Answer
  }

  beforeAll(async () => {
    runs = (await get<RunPage>('/simulations?limit=500')).runs
  })

  describe.each(Object.entries(OPPORTUNITIES))('%s', (_, models) => {
    it.each(models)('%s has completed runs, and one computed again is equal', async (model) => {
      const completed = runs.filter((run) => run.model === model && run.status === 'completed')
      expect(completed.length).toBeGreaterThan(0)
      // The newest may be of the person whose data was erased.
      const { run } = completed.at(-1)!
      const { result } = await get<RunView>(`/simulations/${run}`)
      const read = result!.inputs.filter(({ basis }) => basis === 'recorded' || basis === 'derived')
      expect(read.every(({ sources, parameters = [] }) => sources.length + parameters.length > 0)).toBe(true)
      const replay = await client.request('regulator', `/api/v1/simulations/${run}/replays`, { method: 'POST' })
      expect((await replay.json()) as ReplayAnswer).toMatchObject({ equal: true })
    })

    it('has refusals that say why', () => {
      const refused = runs.filter((run) => models.includes(run.model) && run.status === 'refused')
      expect(refused.length).toBeGreaterThan(0)
      expect(refused.every(({ codes }) => codes.length > 0)).toBe(true)
    })
  })

  describe('the trial', () => {
    it('has a prognostic score of its participants, run under their consent to it', () => {
      const scores = runs.filter(({ trial, purpose }) => trial !== null && purpose === 'CLINTRCH')
      expect(scores.filter(({ status }) => status === 'completed').length).toBeGreaterThan(0)
    })
  })

  describe('virtualised trials', () => {
    const MACHINERY = ['trial.sample-size', 'trial.procova-power', 'trial.group-sequential', 'trial.analysis', 'rng']

    it('have designs of every step, one refused, and one computed again is equal', async () => {
      const { designs } = await get<{ designs: DesignRow[] }>('/designs')
      const computed = designs.filter(({ status }) => status === 'computed')
      expect(new Set(computed.map(({ model }) => model))).toEqual(new Set(MACHINERY))
      expect(designs.filter(({ status }) => status === 'refused').map(({ codes }) => codes)).toEqual([
        ['delta:not-applicable'],
      ])
      const path = `/api/v1/designs/${computed[0]!.design}/replays`
      const replay = await client.request('regulator', path, { method: 'POST' })
      expect((await replay.json()) as DesignReplayAnswer).toMatchObject({ equal: true })
    })

    it('are not for participants to read, nor for a regulator to compute', async () => {
      expect((await client.request('participant', '/api/v1/designs')).status).toBe(403)
      const order = { model: 'rng', parameters: { alg: 'splitmix64', seed: '1' } }
      const send = (as: string) =>
        client.request(as, '/api/v1/designs', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(order),
        })
      expect((await send('regulator')).status).toBe(403)
      expect((await send('modeller')).status).toBe(201)
    })
  })

  describe('the data set as a whole', () => {
    it('has no run that failed', () => {
      expect(runs.filter(({ status }) => status === 'failed')).toEqual([])
    })

    it('shows for a twin which of all models could run', async () => {
      const readiness = await get<ModelReadiness[]>(`/twins/${runs[0]!.twin}/readiness`)
      expect(readiness).toHaveLength(MODEL_LIBRARY.length)
    })
  })
}
