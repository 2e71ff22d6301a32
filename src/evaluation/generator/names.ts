import type { HumanName } from 'fhir/r4.js'
import type { Random } from './random.js'
import type { Sex } from './person.js'

/** Placeholder people of many scripts: the family names mean "sample", "example" or "nobody", so none is taken for a patient. */
interface NameList {
  family: readonly [string, ...string[]]
  female: readonly [string, ...string[]]
  male: readonly [string, ...string[]]
  /** How a full name is written. */
  order: 'given-first' | 'family-first' | 'family-first-unspaced'
}

const LISTS: readonly [NameList, ...NameList[]] = [
  {
    family: ['Sampleton', "O'Specimen", 'Placeholder-Jones'],
    female: ['Ada', 'Maeve', 'Iris'],
    male: ['Edgar', 'Rowan', 'Miles'],
    order: 'given-first',
  },
  {
    family: ['Mustermann', 'Beispielström', 'Größenwahn'],
    female: ['Käthe', 'Jördis', 'Änne'],
    male: ['Jürgen', 'Sören', 'Götz'],
    order: 'given-first',
  },
  {
    family: ['Exemplaire', 'Fictif-Bélanger'],
    female: ['Zoë', 'Héloïse'],
    male: ['François', 'Jérôme'],
    order: 'given-first',
  },
  {
    family: ['de Ninguém', 'Ejemplar Muñoz'],
    female: ['Inês', 'Begoña'],
    male: ['João', 'Íñigo'],
    order: 'given-first',
  },
  {
    family: ['Przykładowicz', 'Vzorný', 'Örnekoğlu'],
    female: ['Żaneta', 'Šárka', 'Gülşen'],
    male: ['Łukasz', 'Jiří', 'İlker'],
    order: 'given-first',
  },
  { family: ['Mẫu Thử'], female: ['Thị Hương'], male: ['Đức Nguyên'], order: 'family-first' },
  {
    family: ['Примеренко', 'Образцов-Никто'],
    female: ['Любовь', 'Юлия'],
    male: ['Фёдор', 'Семён'],
    order: 'given-first',
  },
  { family: ['Παραδειγματάς'], female: ['Ευγενία'], male: ['Οδυσσέας'], order: 'given-first' },
  { family: ['نموذجي'], female: ['ليلى'], male: ['يوسف'], order: 'given-first' },
  { family: ['דוגמאי'], female: ['נועה'], male: ['אורי'], order: 'given-first' },
  { family: ['उदाहरणी'], female: ['मीरा'], male: ['अर्जुन'], order: 'given-first' },
  { family: ['見本', '例山'], female: ['花子', 'さくら'], male: ['太郎', '健'], order: 'family-first' },
  { family: ['样本', '示例'], female: ['小雨'], male: ['大山'], order: 'family-first-unspaced' },
  { family: ['견본'], female: ['하늘'], male: ['바다'], order: 'family-first-unspaced' },
  { family: ['ნიმუშაძე'], female: ['თამარი'], male: ['ლევანი'], order: 'given-first' },
]

/** A fictional official name; three scripts in four are not plain ASCII. */
export function fictionalName(random: Random, sex: Sex): HumanName {
  const list = random.pick(LISTS)
  const family = random.pick(list.family)
  const given = random.pick(list[sex])
  return { use: 'official', text: written(list.order, family, given), family, given: [given] }
}

function written(order: NameList['order'], family: string, given: string): string {
  if (order === 'given-first') return `${given} ${family}`
  return order === 'family-first' ? `${family} ${given}` : `${family}${given}`
}
