/** The tour of the README as data: each block of shell after `<!-- tour -->`, and what the page says it prints. */
export interface TourStep {
  line: number
  script: string
  /** Shown output; `…` stands for anything. Undefined where the page shows none. */
  shown: string | undefined
}

const BLOCK = /<!-- tour -->\n```sh\n([\s\S]*?)```\n(?:\n```(?:json|text)\n([\s\S]*?)```\n)?/g

export function tourSteps(markdown: string): TourStep[] {
  return [...markdown.matchAll(BLOCK)].map((match) => ({
    line: markdown.slice(0, match.index).split('\n').length + 2,
    script: match[1]!,
    shown: match[2],
  }))
}

/** A pattern for what the page shows: text word for word, `…` for whatever differs from run to run. */
export function shownPattern(shown: string): RegExp {
  const escaped = shown.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(escaped.replaceAll('…', '[\\s\\S]*?'))
}
