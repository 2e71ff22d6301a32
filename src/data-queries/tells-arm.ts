import type { ArmsDesign } from '../randomisation/events.js'

/** An arm called `A` would be found in every second sentence. */
const SHORTEST = 3

/**
 * Whether a text names an arm of a trial that hides its arms, whosever it is; so a refusal tells nobody which arm somebody is in. Arms
 * with names of one or two letters are not looked for. Pure.
 */
export function tellsArm({ arms, blinded }: Pick<ArmsDesign, 'arms' | 'blinded'>, text: string): boolean {
  if (blinded.length === 0) return false
  const words = ` ${plainWords(text)} `
  return arms
    .flatMap(({ arm, name }) => [arm, name])
    .map(plainWords)
    .some((name) => name.length >= SHORTEST && words.includes(` ${name} `))
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
