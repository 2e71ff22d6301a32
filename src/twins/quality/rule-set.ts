/** Version of the rules as a whole; written into every finding. Changes whenever a rule, a limit or a code list does. */
export const RULE_SET = 'kahn-2026.1'
