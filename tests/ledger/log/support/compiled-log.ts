/** Compiles the log's sources into a folder: worker threads load JavaScript only. */
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transformFile } from '@swc/core'

const ROOT = join(import.meta.dirname, '../../../..')

async function compile(folder: string, room: string, files: readonly string[]): Promise<void> {
  await mkdir(join(folder, room), { recursive: true })
  for (const file of files) {
    const { code } = await transformFile(join(ROOT, room, file), { swcrc: true, sourceMaps: false })
    await writeFile(join(folder, room, file.replace(/\.ts$/, '.js')), code)
  }
}

/** Lays the compiled modules out in `folder` as they are in the repository. */
export async function compileLog(folder: string): Promise<void> {
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await compile(folder, 'src/platform', ['errors.ts'])
  await compile(folder, 'src/ledger/log', await readdir(join(ROOT, 'src/ledger/log')))
}
