import type { Command } from 'commander'
import { writeBundles } from '../evaluation/generator/index.js'
import { InvalidRequest } from '../platform/errors.js'
import { progressBar } from './progress.js'

interface GenerateOptions {
  patients: string
  seed: string
  out: string
  referenceDate: string
}

export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('write made-up FHIR R4 patients, one bundle a file; the same seed gives the same bytes')
    .requiredOption('--patients <n>', 'how many')
    .requiredOption('--out <folder>', 'where to')
    .option('--seed <s>', 'whole number', '1')
    .option('--reference-date <date>', 'the day of the export, YYYY-MM-DD', new Date().toISOString().slice(0, 10))
    .action(async ({ patients, seed, out, referenceDate }: GenerateOptions) => {
      const bar = progressBar('Generating')
      const options = { count: wholeNumber('--patients', patients), seed: wholeNumber('--seed', seed), referenceDate }
      const { files, bytes } = await writeBundles(out, options, ({ written, total }) => bar.update(written, total))
      bar.stop()
      process.stdout.write(`${files.length} bundles, ${bytes} bytes, in ${out}\n`)
    })
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidRequest('option-invalid', `${option} is a whole number from 0 on.`)
  return Number(text)
}
