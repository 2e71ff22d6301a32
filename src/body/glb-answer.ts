import { StreamableFile } from '@nestjs/common'
import type { Response } from 'express'

/** RFC 9110 media type of binary glTF (IANA, model/gltf-binary). */
export const GLB_MEDIA_TYPE = 'model/gltf-binary'

/**
 * A file as an answer, with its digest (RFC 9530) and without a place in any cache: it is personal.
 * @param digest SHA-256, hexadecimal
 */
export function glbAnswer(
  response: Response,
  { glb, digest }: { glb: Uint8Array; digest: string },
  fileName: string,
): StreamableFile {
  response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`)
  response.setHeader('Cache-Control', 'no-store')
  return new StreamableFile(glb, {
    type: GLB_MEDIA_TYPE,
    disposition: `attachment; filename="${fileName}"`,
    length: glb.length,
  })
}
