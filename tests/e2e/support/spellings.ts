/** Searching bytes for a text in whatever way it may have been written. */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The text as UTF-8 and UTF-16 in three cases, in hexadecimal, and in base64 at each alignment, in both alphabets. */
export function spellings(text: string): { how: string; bytes: Buffer }[] {
  const cases = [...new Set([text, text.toLowerCase(), text.toUpperCase()])]
  return cases.flatMap((spelt) => {
    const utf8 = Buffer.from(spelt)
    const utf16 = Buffer.from(spelt, 'utf16le')
    const encoded = [utf8, utf16].flatMap((bytes) => [
      ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase()].map((hex) => ({ how: 'hexadecimal', text: hex })),
      ...base64Inside(bytes).map((base64) => ({ how: 'base64', text: base64 })),
    ])
    return [
      { how: 'UTF-8', bytes: utf8 },
      { how: 'UTF-16LE', bytes: utf16 },
      { how: 'UTF-16BE', bytes: Buffer.from(utf16).swap16() },
      ...encoded.map(({ how, text: letters }) => ({ how, bytes: Buffer.from(letters) })),
    ]
  })
}

/** Base64 of the inner bytes at each alignment, which whatever stands around does not change. */
function base64Inside(bytes: Buffer): string[] {
  const standard = [0, 1, 2].map((skip) => {
    const aligned = Buffer.concat([Buffer.alloc(skip), bytes]).toString('base64')
    return aligned.slice(Math.ceil((skip * 8) / 6), -4)
  })
  return [...new Set([...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])]
}

/** How any of the texts is spelt in these bytes: `text (spelling)`. */
export function spelledIn(bytes: Buffer, texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    spellings(text)
      .filter((spelling) => bytes.includes(spelling.bytes))
      .map(({ how }) => `${text} (${how})`),
  )
}

/** Paths of all files below a folder, links not followed. */
export async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const stats = await Promise.all(names.map((name) => lstat(join(folder, name))))
  return names.filter((_, index) => stats[index]!.isFile())
}

/** Every file below the folder whose bytes or path hold one of the texts. */
export async function leaksBelow(folder: string, texts: readonly string[]): Promise<string[]> {
  const leaks: string[] = []
  for (const path of await filesBelow(folder)) {
    const found = [...spelledIn(Buffer.from(path), texts), ...spelledIn(await readFile(join(folder, path)), texts)]
    leaks.push(...found.map((what) => `${path}: ${what}`))
  }
  return leaks
}
