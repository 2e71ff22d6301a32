/** Finds the tests that prove requirements: those under a comment such as `// proves TL-LOG-001, TL-LOG-002`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../src/platform/project-root.js'

export interface Proof {
  requirement: string
  /** From the root of the repository. */
  file: string
  /** Line of the tag, from 1. */
  line: number
  /** Titles of the test and of the suites around it; empty when the tag stands above neither a test nor a suite. */
  title: string
}

const TAG = /^\/\/ proves (\S.*)$/

/** Every tag of every TypeScript file below `tests/`. */
export function findProofs(root: string = projectRoot()): Proof[] {
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => {
      const path = `tests/${file.replaceAll('\\', '/')}`
      return proofsIn(path, readFileSync(join(root, path), 'utf8'))
    })
}

/** The tags of one file, in order. A tag that belongs to no test is found too, without a title. */
export function proofsIn(file: string, text: string): Proof[] {
  if (!text.includes('// proves ')) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const titles = titlesOfTags(source)
  return [...commentsOf(source)].flatMap(({ start, comment }) => {
    const requirements = TAG.exec(comment)?.[1]?.split(',') ?? []
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    return requirements.map((id) => ({ requirement: id.trim(), file, line, title: titles.get(start) ?? '' }))
  })
}

/** Place of a leading comment → title of the test or suite that it stands above. */
function titlesOfTags(source: ts.SourceFile): Map<number, string> {
  const titles = new Map<number, string>()
  const visit = (node: ts.Node, around: readonly string[]): void => {
    const own = ts.isExpressionStatement(node) ? titleOf(node.expression) : undefined
    const inside = own === undefined ? around : [...around, own]
    if (own !== undefined) {
      for (const { pos } of ts.getLeadingCommentRanges(source.text, node.pos) ?? []) titles.set(pos, inside.join(' › '))
    }
    ts.forEachChild(node, (child) => visit(child, inside))
  }
  visit(source, [])
  return titles
}

/** The title of `it('…')`, `describe.each(…)('…')` and the like; undefined for any other expression. */
function titleOf(expression: ts.Expression): string | undefined {
  if (!ts.isCallExpression(expression)) return undefined
  const name = expression.expression.getText().split(/[.(]/)[0]!.trim()
  if (!/^(it|test|describe\w*)$/.test(name)) return undefined
  const [title] = expression.arguments
  return title && (ts.isStringLiteralLike(title) ? title.text : title.getText().replaceAll('`', ''))
}

function* commentsOf(source: ts.SourceFile): Generator<{ start: number; comment: string }> {
  for (const match of source.text.matchAll(/^[ \t]*(\/\/ proves .*)$/gm)) {
    yield { start: match.index + match[0].indexOf('//'), comment: match[1]!.trimEnd() }
  }
}
