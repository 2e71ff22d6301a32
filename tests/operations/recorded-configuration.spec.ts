import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { CONFIGURATION_EVENT_TYPES, type ConfigurationEvent } from '../../src/operations/configuration/events.js'
import {
  configurationDecider,
  decide,
  evolve,
  type StartCommand,
} from '../../src/operations/configuration/recorded-configuration.js'
import { recordedSettings } from '../../src/operations/configuration/recorded-settings.js'
import { readConfiguration } from '../../src/platform/configuration.js'
import { SETTINGS } from '../../src/platform/settings.js'

const digest = (name: string, value: string) => createHmac('sha256', 'key').update(`${name} ${value}`).digest()
const record = (values: Record<string, string | null>) => recordedSettings(new Map(Object.entries(values)), digest)
const start = (fields: Partial<StartCommand> = {}): StartCommand => ({
  type: 'start',
  instance: 'main',
  process: 'service',
  software: { version: '1.0.0', node: '20.20.2' },
  settings: record({ LOG_LEVEL: 'info' }),
  ...fields,
})
const after = (...commands: StartCommand[]) =>
  commands.reduce(
    (state, command) => decide(state, command).reduce((one, event) => evolve(one, event), state),
    configurationDecider.initial,
  )
const sentence = ({ type, data }: ConfigurationEvent): string =>
  CONFIGURATION_EVENT_TYPES.find((known) => known.type === type)!.describe(data, {} as never)

// proves TL-OPS-006
describe('a start', () => {
  it('is recorded whole when it is the first', () => {
    const { instance, process, software, settings } = start()
    const data = { instance, process, software, settings }
    expect(decide(configurationDecider.initial, start())).toEqual([{ type: 'configuration.recorded', data }])
  })

  it('leaves no trace when nothing is different', () => {
    expect(decide(after(start()), start())).toEqual([])
  })

  it.each(SETTINGS.map(({ name }) => name))('is recorded when %s alone is different', (name) => {
    for (const [from, to] of [
      [null, 'one'],
      ['one', 'two'],
      ['two', null],
    ] as const) {
      const [event, ...others] = decide(
        after(start({ settings: record({ [name]: from }) })),
        start({ settings: record({ [name]: to }) }),
      )
      expect(others).toEqual([])
      expect(event).toMatchObject({ type: 'configuration.changed', data: { previously: null, settings: [{ name }] } })
    }
  })

  it('is recorded when the version of the software or of Node.js is another', () => {
    const software = { version: '1.0.1', node: '22.1.0' }
    const [event] = decide(after(start()), start({ software }))
    expect(event).toMatchObject({ data: { software, previously: { version: '1.0.0', node: '20.20.2' }, settings: [] } })
    expect(sentence(event!)).toBe(
      'The service main started with another configuration: version from 1.0.0 to 1.0.1; Node.js from 20.20.2 to 22.1.0.',
    )
  })

  it('is compared with the last one, not with the first', () => {
    const other = start({ settings: record({ LOG_LEVEL: 'warn' }) })
    expect(decide(after(start(), other), other)).toEqual([])
    expect(decide(after(start(), other), start())).toHaveLength(1)
  })

  it('tells settings that came and went with the version', () => {
    const [event] = decide(
      after(start({ settings: { OLD: { value: '1' } } })),
      start({ settings: { NEW: { value: '2' } } }),
    )
    expect(sentence(event!)).toContain('NEW is new; OLD is gone')
    expect(evolve({ software: null, settings: { OLD: { value: '1' } } }, event!).settings).toEqual({
      NEW: { value: '2' },
    })
  })
})

// proves TL-OPS-006
describe('what is recorded of a configuration', () => {
  it('is every setting that the service knows', () => {
    const { configuration } = readConfiguration({})
    expect(Object.keys(recordedSettings(configuration.settings(), digest))).toEqual(SETTINGS.map(({ name }) => name))
    expect(configuration.settings().get('OIDC_ALGORITHMS')).toBe('RS256,PS256,ES256,EdDSA')
    expect(configuration.settings().get('RATE_LIMIT_PER_CALLER')).toBe('60000')
  })

  it('holds no value of a secret and nobody’s name, and says that they changed', () => {
    const hidden = SETTINGS.filter(({ secret, personal }) => secret || personal).map(({ name }) => name)
    expect(hidden).toEqual(expect.arrayContaining(['DATABASE_URL', 'VAULT_TOKEN', 'ROSTER_FOUNDERS']))
    const values = (value: string) => record(Object.fromEntries(hidden.map((name) => [name, value])))
    expect(JSON.stringify(values('hunter2'))).not.toContain('hunter2')
    const [event] = decide(after(start({ settings: values('hunter2') })), start({ settings: values('hunter3') }))
    expect(JSON.stringify(event)).not.toContain('hunter')
    for (const name of hidden) expect(sentence(event!)).toContain(`${name} (not shown) changed`)
  })

  it('is in no print of the configuration', () => {
    const { configuration } = readConfiguration({ DATABASE_URL: 'postgres://u:hunter2@db/x' })
    expect(JSON.stringify(configuration)).not.toContain('hunter2')
  })
})
