/** Whether a text that is to be read without the person's identity tells it all the same. Pure. */
import { items } from './chain.js'
import type { TwinState } from './twin-state.js'

/** Shorter parts of names and numbers are found in any text. */
const SHORTEST = 3

/**
 * Whether the text holds a name, a full date of birth, an identifier, a telephone number, an e-mail or postal address that is on
 * record for the person. A person told of in other words passes: this catches slips, no intent.
 */
export function namesPerson(state: TwinState, text: string): boolean {
  const words = ` ${plainWords(text)} `
  return identifying(state).some((part) => words.includes(` ${part} `))
}

function identifying({ demographics, contact, identifiers }: TwinState): string[] {
  const people = items(demographics).flatMap(({ value }) => (value === null ? [] : [value]))
  const details = items(contact).flatMap(({ value }) => (value === null ? [] : [value]))
  const names = people.flatMap(({ name }) => [name?.family, ...(name?.given ?? []), name?.text])
  const births = people.map(({ birthDate }) => (birthDate?.length === 10 ? birthDate : undefined))
  const numbers = items(identifiers).map(({ value }) => value?.value)
  const telecom = details.flatMap(({ telecom = [] }) => telecom.map(({ value }) => value))
  const places = details.flatMap(({ address = [] }) => address.flatMap(({ text, line = [] }) => [text, ...line]))
  return [...names, ...births, ...numbers, ...telecom, ...places]
    .filter((part) => part !== undefined)
    .map(plainWords)
    .filter((part) => part.length >= SHORTEST)
}

/** Letters and digits alone, in one case and without accents, each word apart from the next by one space. */
function plainWords(text: string): string {
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}
