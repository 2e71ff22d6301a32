/** The note for whoever receives an export and has nothing of ours at hand. */
export function exportReadme(dataFile: string, showsValues: boolean): string {
  const content = showsValues
    ? `The entries, to read and to print, in the order of the log, with old and new values as far as whoever took the copy may
    see them. It runs nothing and fetches nothing.`
    : "The entries, one a line, in the order of the log. Values that are kept under a person's key are not in here."
  return `A certified copy of a part of an audit trail
============================================

${dataFile}
    ${content}
manifest.json
    Who took this copy, when, with which filter; how many entries; the SHA-256 of the data; the log's signed checkpoint.
manifest.jws
    A signature over manifest.json: compact JWS (RFC 7515) with Ed25519. Its payload is manifest.json, byte for byte.

To check it
1. Get the public keys from the service, at /api/v1/keys (a JWK set), or better from an earlier contact with it.
2. Verify manifest.jws with any JOSE library, the key whose "kid" is in its header, and the algorithm EdDSA.
   Its payload must equal manifest.json.
3. The SHA-256 of ${dataFile} must be "data.sha256" of the manifest:
       sha256sum ${dataFile}
4. For single entries, get the evidence at the address in "proof": a file c2sp.org/tlog-proof that ties the entry to a signed
   checkpoint of the log. "log.checkpoint" of the manifest is the checkpoint that covered the whole copy when it was made.
`
}
