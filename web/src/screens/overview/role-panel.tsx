import { ACTIONS, type Action } from '../../../../src/identity/actions.js'
import { permission, type Condition, type Permission } from '../../../../src/identity/policy.js'
import { Details } from '../../components/details.js'
import { plural, words } from '../../components/values.js'
import { useCaller } from '../../session/use-session.js'

const WORDS: Record<Action, string> = {
  'twin.register': 'Register twins',
  'twin.read-coded': 'Read twins in coded form',
  'twin.read-identity': 'See who a twin stands for',
  'twin.record': 'Record facts',
  'twin.correct': 'Correct facts',
  'twin.merge': 'Merge twins of one person',
  'twin.withdraw': 'Take twins out of use',
  'data-query.raise': 'Ask sites about recorded facts',
  'data-query.answer': 'Answer data queries',
  'data-query.read': 'Read data queries',
  'fhir.ingest': 'Bring in FHIR bundles',
  'consent.request': 'Ask for consent',
  'consent.decide': 'Record consent decisions',
  'consent.read': 'Read consents and uses',
  'opt-out.record': 'Record opt-outs from secondary use',
  'opt-out.read': 'Read opt-outs from secondary use',
  'permit.read': 'Read data permits',
  'permit.register': 'Register data permits',
  'permit.approve': 'Approve data permits',
  'permit.revoke': 'Revoke data permits',
  'permit.use': 'Run cohorts under data permits',
  'simulation.run': 'Run models',
  'body.read': 'See bodies in three dimensions',
  'mesh.attach': 'Attach organ meshes to a twin',
  'mesh.read': 'Read organ meshes of a twin',
  'simulation.read': 'Read runs',
  'simulation.replay': 'Run a recorded run again and compare',
  'simulation-repeats.read': 'See which runs were repeated, and who knew earlier results',
  'simulation.cancel': 'Cancel runs',
  'cohort.run': 'Run cohorts',
  'cohort.read': 'Read cohorts',
  'cohort.cancel': 'Cancel cohorts',
  'cohort.replay': 'Run a recorded cohort again and compare',
  'design.run': 'Compute trial designs',
  'design.read': 'Read trial designs',
  'design.replay': 'Compute a recorded design again and compare',
  'key.read': 'Read the state of keys',
  'key.manage': 'Rotate keys',
  'roster.read': 'Read the roster',
  'roster.register': 'Register people and services',
  'roster.train': 'Record training',
  'roster.attest': 'Attest to the own entry in the roster',
  'roster.request': 'Ask for grants',
  'roster.approve': 'Approve grants',
  'roster.execute': 'Put approved grants into force',
  'roster.review': 'Review grants',
  'emergency.open': 'Open records in an emergency',
  'emergency.read': 'Read emergency openings',
  'emergency.review': 'Review emergency openings',
  'identity-ticket.request': 'Ask to see who a twin stands for',
  'identity-ticket.decide': 'Decide who may see an identity',
  'identity-ticket.read': 'Read tickets to see identities',
  'source.read': 'Read source systems',
  'source.register': 'Register source systems',
  'model.read': 'Read model cards',
  'model.define': 'Propose models and make their credibility cases',
  'model.approve': 'Approve models for decisions',
  'model.reopen': 'Reopen credibility cases',
  'advance.read': 'Read the overview of advances',
  'advance.propose': 'Propose advances',
  'advance.review': 'Review advances',
  'consent.read-receipt': 'Take receipts of consents',
  'consent-notice.read': 'Read drafts of notices',
  'consent-notice.draft': 'Draft notices of consent',
  'consent-notice.approve': 'Approve notices of consent',
  'consent-notice.publish': 'Publish and withdraw notices of consent',
  'legal-register.read': 'Read the legal register',
  'legal-register.edit': 'Edit the legal register',
  'legal-register.approve': 'Approve changes of the legal register',
  'operations.read': 'Read how the service is operated',
  'trial.manage': 'Manage trials',
  'trial.enrol': 'Enrol twins in trials',
  'trial.read': 'Read trials',
  'trial.unblind': 'Unblind trials once their data are locked',
  'trial.unlock': 'Agree to unlock the data of trials',
  'randomisation.seal': 'Seal lists of arms',
  'randomisation.read-list': 'Read lists of arms',
  'allocation.read': 'Read who is in which arm',
  'allocation.unblind': 'Unblind one participant in an emergency',
  'signature.make': 'Sign records',
  'signature.read': 'See who signed what',
  'signature.manage-keys': 'Replace and revoke signature keys',
  'signature.decide-backdating': 'Decide whether what a signature key signed already is distrusted',
  'audit-review.plan': 'Plan reviews of the audit trail',
  'audit-review.sample-twins': 'Draw coded twins for reviews',
  'audit-review.conduct': 'Carry out reviews of the audit trail',
  'audit-review.read': 'Read reviews of the audit trail',
  'audit.read': 'Read the audit trail',
  'audit.export': 'Export the audit trail',
  'log.read-entries': 'Read log entries and proofs',
  'projection.manage': 'Rebuild what the screens show',
  'identity.revoke': 'Revoke access',
  'identity.read': 'Read who may do what',
  'privacy.request': 'Ask about personal data',
  'privacy.read': 'Read requests about personal data',
  'privacy.prepare': 'Prepare decisions on requests',
  'privacy.decide': 'Decide on requests',
  'privacy.copy': 'Take the copy a request granted',
  'decision.propose': 'Propose decisions that rest on runs',
  'decision.read': 'Read decisions that rest on runs',
  'decision.take': 'Review and adopt decisions',
  'decision.judge': 'Judge contested decisions',
  'notice.read': 'Read notices of erasure',
  'erasure.read': 'Read erasures and certificates',
  'erasure.consult': 'Answer when asked about an erasure',
  'erasure.confirm': 'Confirm erasures',
  'erasure.execute': 'Execute erasures',
  'hold.read': 'Read legal holds',
  'hold.request': 'Ask for legal holds',
  'hold.place': 'Place and lift legal holds',
  'hold.judge': 'Approve legal holds',
  'retention.read': 'Read what is kept and what is due',
  'retention.manage': 'Set retention periods',
  'breach.report': 'Report breaches',
  'breach.read': 'Read the breach register',
  'breach.manage': 'Handle breaches',
  'impact-assessment.read': 'Read impact assessments',
  'impact-assessment.propose': 'Propose impact assessments',
  'impact-assessment.advise': 'Advise on impact assessments',
  'impact-assessment.approve': 'Approve impact assessments',
  'impact-assessment.withdraw': 'Withdraw impact assessments',
  'disclosure.read': 'Read the accounting of disclosures',
  'disclosure.manage': 'Record and suspend disclosures',
  'processing.read': 'Read the records of processing',
}

const LIMITS: Record<Condition, string> = {
  own: 'your own',
  self: 'what you did yourself',
  site: 'at your site',
  trial: 'in your trials',
  org: 'of your organisation',
  consented: 'where consent covers it',
  sampled: 'drawn for a review of yours',
  ticketed: 'under a ticket',
  unblinded: 'unless blinded',
  'coded-only': 'coded, no identities',
  'headers-only': 'headers, no content',
}

/** What the role may do, from the same table by which the service decides. */
export function RolePanel() {
  const { role, org, site, trials } = useCaller()
  const open = ACTIONS.filter((action) => permission(role, action) !== 'deny')
  const byLimit = new Map<string, Action[]>()
  for (const action of open) {
    const limit = limitsOf(permission(role, action))
    byLimit.set(limit, [...(byLimit.get(limit) ?? []), action])
  }
  return (
    <details className="panel">
      <summary className="panel-header">
        What the role “{words(role)}” can do: {plural(open.length, 'kind')} of acts
      </summary>
      <div className="panel-body">
        <Details
          items={[
            ['Organisation', org],
            ['Site', site],
            ['Trials', trials.length > 0 && trials.length],
            ...[...byLimit].map(([limit, actions]) => [limit, <Acts key={limit} actions={actions} />] as const),
          ]}
        />
      </div>
    </details>
  )
}

function Acts({ actions }: { actions: readonly Action[] }) {
  return (
    <ul>
      {actions.map((action) => (
        <li key={action}>{WORDS[action]}</li>
      ))}
    </ul>
  )
}

function limitsOf(granted: Permission): string {
  return typeof granted === 'string' ? 'Without limit' : granted.map((condition) => LIMITS[condition]).join('; ')
}
