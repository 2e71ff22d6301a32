/** The GA4GH Data Use Ontology (http://purl.obolibrary.org/obo/duo.owl), as far as a machine can decide by it. */
import { RESEARCH_PURPOSES, type Purpose } from './codes.js'

/** What research a permission allows, and what a modifier asks for on top. */
export const DUO = {
  'DUO:0000004': { name: 'no restriction', kind: 'permission' },
  'DUO:0000006': { name: 'health or medical or biomedical research', kind: 'permission' },
  'DUO:0000007': { name: 'disease specific research', kind: 'permission' },
  'DUO:0000011': { name: 'population origins or ancestry research only', kind: 'permission' },
  'DUO:0000042': { name: 'general research use', kind: 'permission' },
  'DUO:0000012': { name: 'research specific restrictions', kind: 'modifier' },
  'DUO:0000015': { name: 'no general methods research', kind: 'modifier' },
  'DUO:0000016': { name: 'genetic studies only', kind: 'modifier' },
  'DUO:0000018': { name: 'not for profit, non commercial use only', kind: 'modifier' },
  'DUO:0000020': { name: 'collaboration required', kind: 'modifier' },
  'DUO:0000021': { name: 'ethics approval required', kind: 'modifier' },
  'DUO:0000022': { name: 'geographical restriction', kind: 'modifier' },
  'DUO:0000024': { name: 'publication moratorium', kind: 'modifier' },
  'DUO:0000025': { name: 'time limit on use', kind: 'modifier' },
  'DUO:0000026': { name: 'user specific restriction', kind: 'modifier' },
  'DUO:0000027': { name: 'project specific restriction', kind: 'modifier' },
  'DUO:0000028': { name: 'institution specific restriction', kind: 'modifier' },
  'DUO:0000029': { name: 'return to database or resource', kind: 'modifier' },
  'DUO:0000043': { name: 'clinical care use', kind: 'modifier' },
  'DUO:0000044': { name: 'population origins or ancestry research prohibited', kind: 'modifier' },
  'DUO:0000045': { name: 'not for profit organisation use only', kind: 'modifier' },
  'DUO:0000046': { name: 'non-commercial use only', kind: 'modifier' },
} as const
export type DuoCode = keyof typeof DUO
export const DUO_CODES = Object.keys(DUO) as DuoCode[]

/** What a use says of itself where DUO asks. What is not said counts against it. */
export interface DataUse {
  /** False only where nobody profits. */
  commercial?: boolean
  /** MONDO code of the disease that is studied. */
  disease?: string
  /** The use develops methods and answers no question about health. */
  methodsDevelopment?: boolean
}

/**
 * Whether research under these codes may be done. A consent without a permission leaves research as wide as its purposes.
 * Modifiers that only people can judge (ethics approval, collaboration, publication, place, return) decide nothing here;
 * they go with the consent, for those people.
 *
 * @param diseases MONDO codes that `DUO:0000007` is limited to
 */
export function dataUseAllowed(
  { duo, diseases = [] }: { duo: readonly DuoCode[]; diseases?: readonly string[] },
  { purpose, commercial, disease, methodsDevelopment }: DataUse & { purpose: Purpose },
): boolean {
  if (!RESEARCH_PURPOSES.includes(purpose)) return true
  const permissions = duo.filter((code) => DUO[code].kind === 'permission')
  const permitted =
    permissions.length === 0 ||
    permissions.some((code) => {
      if (code === 'DUO:0000007') return disease !== undefined && diseases.includes(disease)
      return code !== 'DUO:0000011'
    })
  const nonProfit = duo.some((code) => NON_PROFIT.includes(code))
  return permitted && !(nonProfit && commercial !== false) && !(duo.includes('DUO:0000015') && methodsDevelopment)
}

const NON_PROFIT: readonly DuoCode[] = ['DUO:0000018', 'DUO:0000045', 'DUO:0000046']
