import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GeneratorOptions, generatePatients } from './generate-patients.js'

export interface WriteProgress {
  /** Files complete so far. */
  written: number
  total: number
}

export interface WriteSummary {
  files: string[]
  bytes: number
}

/**
 * Writes one `patient-0001.json` a patient into `directory`, which is made where it is missing; files of the same names are replaced.
 * A file appears complete or not at all: it is written and flushed under another name first.
 *
 * @throws InvalidRequest for the options, see {@link generatePatients}; the file system's own errors
 */
export async function writeBundles(
  directory: string,
  options: GeneratorOptions,
  onProgress: (progress: WriteProgress) => void = () => undefined,
): Promise<WriteSummary> {
  const patients = generatePatients(options)
  await mkdir(directory, { recursive: true })
  const files: string[] = []
  let bytes = 0
  for (const { bundle, profile } of patients) {
    const text = `${JSON.stringify(bundle)}\n`
    const file = join(directory, `patient-${String(profile.number).padStart(4, '0')}.json`)
    await writeAtomically(file, text)
    files.push(file)
    bytes += Buffer.byteLength(text)
    onProgress({ written: files.length, total: options.count })
  }
  return { files, bytes }
}

async function writeAtomically(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`
  try {
    await writeFile(partial, text, { flush: true })
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
