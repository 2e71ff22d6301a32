/** Injection token of the policy the log has its checkpoints cosigned by: a WitnessPolicy, or null without witnesses. */
export const WITNESS_POLICY = Symbol('twin-ledger:witness-policy')
