import { readFile, readText } from './http.js'

/** The present checkpoint with the key the service says it signs with. */
export async function readServedLog(signal?: AbortSignal): Promise<{ note: string; verifierKey: string }> {
  const [note, verifierKey] = await Promise.all([readText('/log/checkpoint', signal), readText('/log/vkey', signal)])
  return { note, verifierKey: verifierKey.trim() }
}

/** A `.tlog-proof` file: evidence that can be checked offline that this event is in the log. */
export const readProof = async (position: number): Promise<Blob> => (await readFile(`/log/proof/${position}`)).content
