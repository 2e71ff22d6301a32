/** Khronos' own validator (ISO/IEC 12113:2022): what the rest of the world thinks of a file. */
import { createRequire } from 'node:module'

interface Report {
  issues: {
    numErrors: number
    numWarnings: number
    messages: { code: string; message: string; pointer?: string; severity: number }[]
  }
}
const { validateBytes } = createRequire(import.meta.url)('gltf-validator') as {
  validateBytes(bytes: Uint8Array, options?: { maxIssues?: number }): Promise<Report>
}

/** Everything the validator finds, hints included, as `code pointer`. */
export async function glbIssues(glb: Uint8Array): Promise<string[]> {
  const { issues } = await validateBytes(new Uint8Array(glb), { maxIssues: 20 })
  return issues.messages.map(({ code, pointer }) => `${code} ${pointer ?? ''}`.trim())
}
