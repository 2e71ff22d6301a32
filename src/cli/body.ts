import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import { problemOfAnswer } from './problem-of-answer.js'
import { addServiceOptions, serviceToken, serviceUrl, type ServiceOptions } from './service-address.js'

interface ExportOptions extends ServiceOptions {
  out: string
  part: 'body' | 'left-ventricle'
  purpose?: string
  revision?: string
}

export function addBodyCommands(program: Command): void {
  const body = program.command('body').description('bodies in three dimensions')
  const command = body
    .command('export <twin>')
    .description('write the body of a twin as binary glTF 2.0; reading it is on record')
    .requiredOption('--out <file>', 'file to write, .glb')
    .addOption(new Option('--part <part>', 'what of it').choices(['body', 'left-ventricle']).default('body'))
    .option('--purpose <code>', 'v3-ActReason code of the purpose, e.g. HRESCH or TREAT')
    .option('--revision <n>', 'the twin as it was at this revision')
  addServiceOptions(command, 'investigator').action(async (twin: string, options: ExportOptions) => {
    const query = new URLSearchParams()
    if (options.purpose !== undefined) query.set('purpose', options.purpose)
    if (options.revision !== undefined) query.set('revision', options.revision)
    const path = `/api/v1/twins/${encodeURIComponent(twin)}/body/${options.part}.glb`
    const response = await fetch(`${serviceUrl(options)}${path}?${query}`, {
      headers: { authorization: `Bearer ${await serviceToken(options)}` },
    })
    if (!response.ok) throw await problemOfAnswer(response)
    const glb = new Uint8Array(await response.arrayBuffer())
    await writeFile(options.out, glb, { mode: 0o600 })
    process.stdout.write(`${options.out}: ${glb.length} bytes, ${response.headers.get('repr-digest')}\n`)
  })
}
