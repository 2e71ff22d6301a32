import { type LoggerService } from '@nestjs/common'
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from '../environment.js'
import { requestContext } from '../request-context.js'
import type { Log } from './log.js'
import { withoutSecrets } from './redaction.js'

/** Nest's own parts that report each module and route at every start. */
const ASSEMBLY = new Set(['InstanceLoader', 'NestFactory', 'NestApplication', 'RouterExplorer', 'RoutesResolver'])

/**
 * The service's log: one JSON object a line on standard output or the given stream, with the correlation id of the
 * request at hand. Serves our own code ({@link Log}) and Nest's (LoggerService).
 */
export class JsonLogger implements Log, LoggerService {
  private readonly pino: Logger

  constructor(level: LogLevel = 'info', destination: DestinationStream = process.stdout) {
    const options = {
      level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => ({ ...requestContext() }),
    }
    this.pino = pino(options, destination)
  }

  info(message: string, fields?: Record<string, unknown>): void {
    this.pino.info(withoutSecrets(fields ?? {}), message)
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest)
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest)
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(ASSEMBLY.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest)
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest)
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest)
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest)
  }

  /** Nest passes texts (a stack, then the context); our own code passes fields. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const texts = rest.filter((item) => typeof item === 'string')
    const fields = rest.filter((item): item is object => typeof item === 'object' && item !== null)
    const context = texts.length > 0 ? { context: texts.at(-1) } : {}
    const stack = texts.length > 1 ? { stack: texts[0] } : {}
    const error = message instanceof Error ? { error: message } : {}
    const text = message instanceof Error ? message.name : typeof message === 'string' ? message : 'message'
    this.pino[level](withoutSecrets(Object.assign({}, error, stack, context, ...fields) as object), text)
  }
}
