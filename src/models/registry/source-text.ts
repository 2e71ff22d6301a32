import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { IntegrityError } from '../../platform/errors.js'

/** The folder `models/`, in `src` or in `dist`. */
const MODELS = new URL('../', import.meta.url)

/**
 * The TypeScript text of a file of the models, whether the code runs from its sources or compiled: the compiler leaves the
 * text it read in the source map, so both give the same bytes. Line ends are normalised.
 *
 * @param path relative to `models/`, ending in `.ts`
 * @throws IntegrityError `model-source-missing`: the compiled files were parted from their source maps
 */
export function modelSourceText(path: string): string {
  const source = fileURLToPath(new URL(path, MODELS))
  const text = existsSync(source) ? readFileSync(source, 'utf8') : textInSourceMap(source.replace(/\.ts$/, '.js.map'))
  if (text === undefined) {
    throw new IntegrityError('model-source-missing', 'The text of a model cannot be found; build the service again.', {
      file: path,
    })
  }
  return text.replaceAll('\r\n', '\n')
}

function textInSourceMap(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  return (JSON.parse(readFileSync(path, 'utf8')) as { sourcesContent?: string[] }).sourcesContent?.[0]
}
