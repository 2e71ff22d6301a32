import { Badge, type Tone } from '../../components/badge.js'
import { Notice } from '../../components/notice.js'
import { Count, Time } from '../../components/values.js'
import { holds, type Consistency, type Verification } from '../../log/verify.js'
import type { SignatureResult } from '../../log/verifier-key.js'

const SIGNATURE: Record<SignatureResult, readonly [Tone, string]> = {
  valid: ['good', 'The checkpoint carries a valid Ed25519 signature of the key.'],
  invalid: ['bad', 'The signature on the checkpoint is wrong.'],
  missing: ['bad', 'The key that is known here has not signed this checkpoint.'],
  unsupported: ['caution', 'This browser cannot check Ed25519 signatures. Use a newer one, or the command line.'],
}

const CONSISTENCY: Record<Consistency, readonly [Tone, string]> = {
  'first-seen': ['neutral', 'This browser had not verified this log before; from now on it remembers this checkpoint.'],
  consistent: ['good', 'Everything verified here before is still in the log, in the same place.'],
  rewritten: ['bad', 'The log was rewritten: what this browser verified before is not its beginning any more.'],
  'rolled-back': ['bad', 'The log is shorter than it was when this browser last verified it.'],
}

export function VerificationResult({ result }: { result: Verification }) {
  const { checkpoint, signature, keyIsKnown, rootMatches, consistency, earlier } = result
  const verified = holds(result)
  return (
    <Notice tone={verified ? 'good' : signature === 'unsupported' ? 'caution' : 'bad'} live>
      <p>
        <strong>{verified ? 'The log verifies.' : 'Not everything could be verified.'}</strong>{' '}
        <Count of={checkpoint.size} /> events.
      </p>
      <ul>
        <Check
          tone={rootMatches ? 'good' : 'bad'}
          text={
            rootMatches
              ? 'The root computed here from all leaf hashes is the root of the checkpoint.'
              : 'The root computed here is not the root of the checkpoint.'
          }
        />
        <Check tone={SIGNATURE[signature][0]} text={SIGNATURE[signature][1]} />
        {!keyIsKnown && <Check tone="bad" text="The service now shows another key than the one known here." />}
        <Check tone={CONSISTENCY[consistency][0]} text={CONSISTENCY[consistency][1]} />
      </ul>
      {earlier && (
        <p className="small quiet">
          Compared with <Count of={earlier.size} /> events verified here <Time at={earlier.seenAt} />.
        </p>
      )}
    </Notice>
  )
}

const WORDS: Record<Tone, string> = { good: 'holds', bad: 'fails', caution: 'not checked', neutral: 'first time' }

function Check({ tone, text }: { tone: Tone; text: string }) {
  return (
    <li>
      <Badge tone={tone}>{WORDS[tone]}</Badge> {text}
    </li>
  )
}
