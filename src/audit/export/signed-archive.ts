/** A copy that stands on its own: files, a manifest of them and its signature, streamed in bounded memory. */
import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { ExportSigner } from './export-signer.js'

export interface ArchivedFile {
  name: string
  data: Readable
}

export interface ArchiveContent {
  /** For whoever receives the archive and has nothing of ours at hand. */
  readme: string
  /** Written one after the other. */
  files: readonly ArchivedFile[]
  /** Makes the manifest, once everything before it was written. */
  seal(): Promise<Buffer>
}

/**
 * The bytes of a zip archive: README.txt, the files, manifest.json and manifest.jws. Nothing is read before the receiver asks
 * for it, and nothing more once they hang up; it ends with an error, and so without its manifest, when something fails.
 */
export async function* signedArchive(
  { readme, files, seal }: ArchiveContent,
  signer: ExportSigner,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile()
  const out = new PassThrough()
  const fail = (error: Error) => out.destroy(error)
  zip.on('error', fail)
  zip.outputStream.pipe(out)
  zip.addBuffer(Buffer.from(readme), 'README.txt')
  for (const { name, data } of files) {
    // yazl does not watch the streams it is given.
    data.once('error', fail)
    zip.addReadStream(data, name)
  }
  files.at(-1)!.data.once('end', () => {
    seal()
      .then(async (manifest) => {
        zip.addBuffer(manifest, 'manifest.json')
        zip.addBuffer(Buffer.from(await signer.sign(manifest, 'application/json')), 'manifest.jws')
        zip.end()
      })
      .catch(fail)
  })
  try {
    yield* out as AsyncIterable<Buffer>
  } finally {
    for (const { data } of files) data.destroy()
  }
}
