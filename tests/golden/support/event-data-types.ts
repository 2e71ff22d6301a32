/** The type of each event's data, as the TypeScript compiler knows it: what is written today, without anything written by hand. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../src/platform/project-root.js'

export interface EventDataTypes {
  checker: ts.TypeChecker
  /** By the event's type. */
  types: ReadonlyMap<string, ts.Type>
}

/** Asks every `eventTypes<…>()` of the sources for the union that it declares. Takes some seconds. */
export function readEventDataTypes(root: string = projectRoot()): EventDataTypes {
  const folder = join(root, 'src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /event.*\.ts$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => readFileSync(path, 'utf8').includes('eventTypes<'))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object
  }
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root)
  const program = ts.createProgram(files, { ...options, types: [], noEmit: true })
  const checker = program.getTypeChecker()
  const types = new Map<string, ts.Type>()
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'eventTypes' && node.typeArguments)
      for (const event of membersOf(checker.getTypeFromTypeNode(node.typeArguments[0]!))) {
        const [type, data] = ['type', 'data'].map((name) =>
          checker.getTypeOfSymbol(checker.getPropertyOfType(event, name)!),
        )
        types.set((type as ts.StringLiteralType).value, data!)
      }
    ts.forEachChild(node, visit)
  }
  for (const file of files) visit(program.getSourceFile(file)!)
  return { checker, types }
}

export const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])
