import type { Command } from 'commander'
import { join } from 'node:path'
import { httpSender } from '../interop/fhir/import/http-sender.js'
import { importFolder } from '../interop/fhir/import/import-folder.js'
import { exitCode, type ImportSummary } from '../interop/fhir/import/import-summary.js'
import { readConfiguration } from '../platform/configuration.js'
import { runFolder } from '../platform/data-folder.js'
import { progressBar } from './progress.js'
import { addServiceOptions, serviceToken, serviceUrl, type ServiceOptions } from './service-address.js'

interface ImportOptions extends ServiceOptions {
  source?: string
  state?: string
}

export function addImportCommand(program: Command): void {
  const command = program
    .command('import <folder>')
    .description(
      'send every FHIR bundle of a folder (.json, .json.gz) to the service; continues where it was interrupted',
    )
    .option('--source <name>', 'source system of bundles that name none')
    .option('--state <folder>', 'where finished bundles are remembered (default: run/ in the data folder)')
  addServiceOptions(command, 'steward').action(async (folder: string, options: ImportOptions) => {
    const { configuration } = readConfiguration()
    const bar = progressBar('Importing')
    const summary = await importFolder({
      folder,
      stateDirectory: options.state ?? join(runFolder(configuration), 'import'),
      send: httpSender({
        url: serviceUrl(options, configuration),
        token: () => serviceToken(options),
        source: options.source,
      }),
      onProgress: (progress) =>
        bar.update(progress.bundles + progress.skipped + refusedFiles(progress), progress.files),
    })
    bar.stop()
    process.stdout.write(summaryText(summary))
    process.exitCode = exitCode(summary)
  })
}

const refusedFiles = ({ refusals }: Readonly<ImportSummary>): number =>
  refusals.filter(({ entries }) => entries === undefined).length

function summaryText({ files, skipped, bundles, entries, refusals }: ImportSummary): string {
  const lines = [
    `${files} files: ${bundles} bundles taken, ${skipped} finished before, ${refusals.length} refusals`,
    `${entries.recorded} entries recorded, ${entries.superseded} superseding earlier ones, ${entries.alreadyRecorded} known already, ` +
      `${entries.ignored} ignored, ${entries.refused} refused`,
    ...refusals.map(
      ({ file, code, message, entries: count }) =>
        `  ${file}: ${code}${count ? ` (${count} entries)` : ''}: ${message}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
