import { isAbsent } from '../../absence.js'
import { type RefusalReason } from '../../model-refusal.js'
import { type PreventEquations, type PreventInput } from './input.js'

/** Refusals that no single range expresses: prior disease, contradictory lipids, a predictor the chosen equations need. */
export function applicability(input: Partial<PreventInput>): readonly RefusalReason[] {
  const reasons: RefusalReason[] = []
  if (input.priorCvd === true) {
    reasons.push({ input: 'priorCvd', code: 'not-applicable', limit: 'free of cardiovascular disease' })
  }
  if (Number(input.hdl_c) >= Number(input.total_c)) {
    reasons.push({ input: 'hdl_c', code: 'not-applicable', limit: 'below total_c' })
  }
  if (input.model === 'hba1c' && isAbsent(input.hba1c)) reasons.push({ input: 'hba1c', code: 'missing' })
  if (input.model === 'uacr' && isAbsent(input.uacr)) reasons.push({ input: 'uacr', code: 'missing' })
  if (input.model === 'sdi' && isAbsent(input.sdi) && isAbsent(input.zip))
    reasons.push({ input: 'sdi', code: 'missing' })
  return reasons
}

/** The equations to use: those asked for, else those of the one optional predictor present, else base or full. */
export function chooseEquations({ model, hba1c, uacr, sdi, zip }: PreventInput): PreventEquations {
  if (!isAbsent(model)) return model
  const present: PreventEquations[] = []
  if (!isAbsent(hba1c)) present.push('hba1c')
  if (!isAbsent(uacr)) present.push('uacr')
  if (!isAbsent(sdi) || !isAbsent(zip)) present.push('sdi')
  if (present.length > 1) return 'full'
  return present[0] ?? 'base'
}
