/** The note for the person, who has nothing of ours at hand. */
export const PACK_README = `A copy of your personal data (GDPR Art 15)
==========================================

my-data.html
    Everything, to read and to print.
about.json
    Who answers for the data, who was shown them, for which purposes, and how each model works that was run on them.
consent-receipts.ndjson
    A receipt of each of your consents, one a line, with the notice you were shown, word for word, signed by itself.
events.ndjson
    Every event that concerns you, one a line, in the order of the log. "[erased]" stands for what nobody can read any more.
manifest.json
    When this copy was made, how many events there are, the SHA-256 of each file, and the log's signed checkpoint.
manifest.jws
    A signature over manifest.json: compact JWS (RFC 7515) with Ed25519. Its payload is manifest.json, byte for byte.

To check it
1. Get the public keys from the service, at /api/v1/keys (a JWK set), or better from an earlier contact with it.
2. Verify manifest.jws with any JOSE library, the key whose "kid" is in its header, and the algorithm EdDSA.
   Its payload must equal manifest.json.
3. The SHA-256 of each file must be the one in the manifest.
`
