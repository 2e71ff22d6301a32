import type { Command } from 'commander'
import { InvalidRequest } from '../../platform/errors.js'
import { addServiceOptions, serviceToken, serviceUrl, type ServiceOptions } from '../service-address.js'
import { postJson, readJson } from '../service-client.js'

interface RunOptions extends ServiceOptions {
  twin: string
  param: Record<string, unknown>
  purpose: string
  use?: string
  trial?: string
  day?: string
}

export function addRunCommand(model: Command): void {
  const command = model
    .command('run <model>')
    .description('run a model on a twin; what went in and came out is printed as JSON')
    .requiredOption('--twin <id>', 'the twin')
    .option('--param <name=value>', 'a parameter of the model; may be repeated', parameter, {})
    .option('--purpose <code>', 'v3-ActReason; what consent is asked for', 'HRESCH')
    .option('--use <use>', 'what the result is wanted for; without it exploratory')
    .option('--trial <id>', 'the trial that the run belongs to')
    .option('--day <date>', 'the day as of which the person is looked at, YYYY-MM-DD')
  addServiceOptions(command, 'modeller').action(async (id: string, options: RunOptions) => {
    const { twin, param, purpose, use, trial, day } = options
    const parameters = Object.keys(param).length > 0 ? param : undefined
    const order = { model: id, twin, purpose, use, trial, day, parameters }
    const url = `${serviceUrl(options)}/api/v1/simulations`
    const token = await serviceToken(options)
    const { run } = await postJson<{ run: string }>(url, token, order)
    const view = await readJson<object>(`${url}/${run}`, token)
    process.stdout.write(`${JSON.stringify(view, null, 2)}\n`)
  })
}

/** `age=61` is a number, `smoking=true` a truth, `regions=["1","2"]` a list; what is not JSON is a text. */
function parameter(text: string, earlier: Record<string, unknown>): Record<string, unknown> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined)
    throw new InvalidRequest('option-invalid', '--param is a name and a value, as in --param age=61.')
  return { ...earlier, [name]: jsonOrText(value) }
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
