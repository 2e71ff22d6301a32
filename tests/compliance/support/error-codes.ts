/**
 * Finds every error code that `src/` can answer with, by asking the TypeScript compiler where each code comes from: the
 * literal itself, a union of literals, or the parameter of a function whose callers are then asked.
 */
import { join, relative } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../src/platform/project-root.js'

export interface FoundCode {
  code: string
  /** HTTP status; undefined for a note that refuses nothing, and where the framework decides it. */
  status: number | undefined
  /** `file:line` of the place that raises it. */
  place: string
}

export interface ErrorCodes {
  /** Codes of problem documents and, on the command line, of messages. */
  problems: FoundCode[]
  /** Codes in the OperationOutcome of one FHIR entry. */
  issues: FoundCode[]
  /** Places whose code could not be found: the collector has to learn about them. */
  undetermined: string[]
}

const BASE = 'TwinLedgerError'
/** Where the helpers that make issues of FHIR entries are. */
const ISSUES = 'src/interop/fhir/issue.ts'

export function collectErrorCodes(root: string = projectRoot()): ErrorCodes {
  return new Collector(root).collect()
}

class Collector {
  private readonly program: ts.Program
  private readonly checker: ts.TypeChecker
  private readonly sources: readonly ts.SourceFile[]
  private readonly found: ErrorCodes = { problems: [], issues: [], undetermined: [] }
  /** Calls by the name that is called. */
  private calls: Map<string, ts.CallExpression[]> | undefined

  constructor(private readonly root: string) {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: object
    }
    const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root)
    this.program = ts.createProgram(fileNames, { ...options, types: [], noEmit: true }, ownModulesOnly(options))
    this.checker = this.program.getTypeChecker()
    const folder = join(root, 'src')
    this.sources = this.program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder))
  }

  collect(): ErrorCodes {
    for (const source of this.sources) this.visit(source)
    return this.found
  }

  private visit(node: ts.Node): void {
    if (ts.isNewExpression(node)) this.constructed(node)
    else if (ts.isCallExpression(node)) this.called(node)
    else if (ts.isObjectLiteralExpression(node)) this.literal(node)
    else if (ts.isArrayLiteralExpression(node)) this.tuple(node)
    ts.forEachChild(node, (child) => this.visit(child))
  }

  /** `new NotFound('code', …)`, or a class that fixes its code as `ConfigurationError` does. */
  private constructed(node: ts.NewExpression): void {
    const type = this.checker.getTypeAtLocation(node)
    // Arguments spread from a row of a table: the row was found as a tuple.
    if (!this.isError(type) || node.arguments?.some(ts.isSpreadElement)) return
    const constructor = this.declared(this.checker.getResolvedSignature(node)?.declaration)
    const index = constructor?.parameters.findIndex(({ name }) => name.getText() === 'code') ?? -1
    if (index >= 0) this.add(node, type, node.arguments?.[index])
    else if (this.fixedCode(type) !== undefined) this.push(node, this.fixedCode(type)!, this.statuses(type))
  }

  /** `super('code', …)` in a class of one code, and the helpers that make issues of FHIR entries. */
  private called(node: ts.CallExpression): void {
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = ts.findAncestor(node, ts.isClassDeclaration)
      const type = owner && this.checker.getTypeAtLocation(owner)
      if (!type || !this.isError(type)) return
      const constructor = this.declared(this.checker.getResolvedSignature(node)?.declaration)
      if (constructor?.parameters[0]?.name.getText() === 'code') this.add(node, type, node.arguments[0])
      return
    }
    const name = node.expression.getText()
    if (name !== 'refusal' && name !== 'information') return
    const helper = this.checker.getResolvedSignature(node)?.declaration
    if (!helper?.getSourceFile().fileName.endsWith(ISSUES)) return
    if (name === 'refusal') this.addIssue(node, node.arguments[2], Number(node.arguments[0]?.getText()))
    else this.addIssue(node, node.arguments[0], undefined)
  }

  /** `{ code, detail }` of the framework's own refusals, and `{ severity, detail }` of FHIR issues. */
  private literal(node: ts.ObjectLiteralExpression): void {
    const value = (name: string) => {
      const property = node.properties.find((one) => one.name?.getText() === name)
      return property && ts.isPropertyAssignment(property) ? property.initializer : undefined
    }
    const [code, detail, severity] = [value('code'), value('detail'), value('severity')]
    if (severity && detail && ts.isStringLiteral(detail)) this.addIssue(node, detail, 422)
    if (severity || !code || !detail || !ts.isStringLiteral(code)) return
    const key = ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : undefined
    this.push(node, code.text, [Number(value('status')?.getText() ?? key)].filter(Number.isInteger))
  }

  /** `[413, 'request-too-large', 'Sentence.']`, a row of a table of refusals. */
  private tuple(node: ts.ArrayLiteralExpression): void {
    const [status, code, message] = node.elements
    if (!status || !code || !message || !ts.isNumericLiteral(status)) return
    if (ts.isStringLiteral(code) && ts.isStringLiteral(message)) this.push(node, code.text, [Number(status.text)])
  }

  private add(node: ts.Node, type: ts.Type, code: ts.Expression | undefined): void {
    const codes = code && this.resolve(code)
    if (codes === undefined) this.found.undetermined.push(this.place(node))
    for (const value of codes ?? []) this.push(node, value, this.statuses(type))
  }

  private addIssue(node: ts.Node, detail: ts.Expression | undefined, status: number | undefined): void {
    const codes = detail && this.resolve(detail)
    if (codes === undefined) this.found.undetermined.push(this.place(node))
    for (const code of codes ?? []) this.found.issues.push({ code, status, place: this.place(node) })
  }

  private push(node: ts.Node, code: string, statuses: readonly number[]): void {
    const place = this.place(node)
    if (statuses.length === 0) this.found.problems.push({ code, status: undefined, place })
    for (const status of statuses) this.found.problems.push({ code, status, place })
  }

  /**
   * All values the expression can have; none where an error of ours passes its own code on; undefined when that cannot be
   * told.
   */
  private resolve(expression: ts.Expression, depth = 0): string[] | undefined {
    const type = this.checker.getTypeAtLocation(expression)
    const literals = stringLiterals(type)
    if (literals) return literals
    if (depth > 4) return undefined
    if (ts.isTemplateExpression(expression)) return this.resolveTemplate(expression)
    if (ts.isConditionalExpression(expression)) {
      const branches = [expression.whenTrue, expression.whenFalse].map((one) => this.resolve(one, depth + 1))
      return branches.every((one) => one !== undefined) ? branches.flat() : undefined
    }
    if (ts.isPropertyAccessExpression(expression)) return this.resolveProperty(expression, depth)
    if (ts.isIdentifier(expression))
      return this.resolveParameter(expression, (argument) => this.resolve(argument, depth + 1))
    return undefined
  }

  private resolveProperty({ expression, name }: ts.PropertyAccessExpression, depth: number): string[] | undefined {
    const owner = this.checker.getTypeAtLocation(expression)
    if (this.isError(owner) || isPassedOn(owner)) return []
    if (!ts.isIdentifier(expression) || depth > 4) return undefined
    return this.resolveParameter(expression, (argument) => {
      const property = this.checker.getTypeAtLocation(argument).getProperty(name.text)
      return property && stringLiterals(this.checker.getTypeOfSymbolAtLocation(property, argument))
    })
  }

  private resolveTemplate({ head, templateSpans }: ts.TemplateExpression): string[] | undefined {
    let texts: string[] = [head.text]
    for (const span of templateSpans) {
      const values = stringLiterals(this.checker.getTypeAtLocation(span.expression))
      if (!values) return undefined
      texts = texts.flatMap((text) => values.map((value) => text + value + span.literal.text))
    }
    return texts
  }

  /** Asks every caller of the function that the identifier is a parameter of. */
  private resolveParameter(
    identifier: ts.Identifier,
    ask: (argument: ts.Expression) => string[] | undefined,
  ): string[] | undefined {
    const declaration = this.checker.getSymbolAtLocation(identifier)?.valueDeclaration
    if (!declaration || !ts.isParameter(declaration)) return undefined
    const index = declaration.parent.parameters.indexOf(declaration)
    const answers = this.callsOf(declaration.parent).map((call) => call.arguments[index] && ask(call.arguments[index]!))
    return answers.length > 0 && answers.every((one) => one !== undefined) ? answers.flat() : undefined
  }

  private callsOf(target: ts.SignatureDeclaration): readonly ts.CallExpression[] {
    this.calls ??= callsByName(this.sources)
    const named = target.name ? target : ts.isVariableDeclaration(target.parent) ? target.parent : undefined
    const candidates = this.calls.get(named?.name?.getText() ?? '') ?? []
    return candidates.filter((call) => this.checker.getResolvedSignature(call)?.declaration === target)
  }

  private declared(declaration: ts.Node | undefined): ts.ConstructorDeclaration | undefined {
    return declaration && ts.isConstructorDeclaration(declaration) ? declaration : undefined
  }

  private isError(type: ts.Type): boolean {
    if (type.symbol?.name === BASE) return true
    return (type.isClassOrInterface() ? this.checker.getBaseTypes(type) : []).some((base) => this.isError(base))
  }

  private fixedCode(type: ts.Type): string | undefined {
    const property = type.getProperty('code')?.valueDeclaration
    const initial = property && ts.isPropertyDeclaration(property) ? property.initializer : undefined
    return initial && ts.isStringLiteral(initial) ? initial.text : undefined
  }

  /** The statuses of an error class, as its property `status` says. */
  private statuses(type: ts.Type): number[] {
    const property = type.getProperty('status')
    const declaration = property?.valueDeclaration
    if (declaration && ts.isPropertyDeclaration(declaration) && declaration.initializer)
      return [Number(declaration.initializer.getText().replace(' as const', ''))]
    return []
  }

  private place(node: ts.Node): string {
    const source = node.getSourceFile()
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    return `${relative(this.root, source.fileName)}:${line + 1}`
  }
}

/** A compiler host that resolves our own modules and no package: their types decide no code and take long to read. */
function ownModulesOnly(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  host.resolveModuleNameLiterals = (literals, file, _redirected, compilerOptions) =>
    literals.map(({ text }) =>
      text.startsWith('.')
        ? ts.resolveModuleName(text, file, compilerOptions, host, undefined, undefined, ts.ModuleKind.ESNext)
        : { resolvedModule: undefined },
    )
  return host
}

function callsByName(sources: readonly ts.SourceFile[]): Map<string, ts.CallExpression[]> {
  const calls = new Map<string, ts.CallExpression[]>()
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node
      const name = (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getText()
      calls.set(name, (calls.get(name) ?? []).concat(node))
    }
    ts.forEachChild(node, visit)
  }
  sources.forEach(visit)
  return calls
}

function stringLiterals(type: ts.Type): string[] | undefined {
  const parts = type.isUnion() ? type.types : [type]
  return parts.every((part) => part.isStringLiteral())
    ? parts.map((part) => (part as ts.StringLiteralType).value)
    : undefined
}

/** An error of ours in the form in which it crosses a boundary (a problem, a message of a worker): its code was found there. */
function isPassedOn(type: ts.Type): boolean {
  const has = (name: string) => type.getProperty(name) !== undefined
  return has('code') && ((has('status') && has('detail')) || (has('message') && has('details')))
}
