/** What we ship of others: from where, unchanged, under which licence. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  license?: string
  dev?: boolean
  inBundle?: boolean
}

/** Licences that ask for no more than to be named. `BSL-1.0` is the Boost licence. */
const PERMISSIVE = new Set([
  'MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'BSL-1.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
])

/** Built into the console, and so shipped, although the service itself does not need them. */
const IN_THE_CONSOLE = ['react', 'react-dom', 'scheduler', 'three']

/** Packages whose description has the old member `licenses`, which the lockfile does not repeat. */
const LICENSED_THE_OLD_WAY: Readonly<Record<string, string>> = { busboy: 'MIT', streamsearch: 'MIT' }

const REGISTRY = 'https://registry.npmjs.org/'

const root = projectRoot()
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const nameOf = (path: string): string => path.split('node_modules/').at(-1)!
const locked = Object.entries(packages).filter(([path]) => path !== '')
const shipped = locked.filter(([path, { dev }]) => dev !== true || IN_THE_CONSOLE.includes(nameOf(path)))

/** Of an SPDX expression: with `OR` one part must do, with `AND` every part. */
function isPermissive(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermissive)
  return bare.split(' AND ').every((licence) => PERMISSIVE.has(licence))
}

// proves TL-OPS-008
describe('the packages that are shipped', () => {
  it('are licensed without copyleft', () => {
    expect(shipped.length).toBeGreaterThan(200)
    expect(IN_THE_CONSOLE.filter((name) => !shipped.some(([path]) => nameOf(path) === name))).toEqual([])
    const licences = shipped.map(([path, { license }]) => [path, license ?? LICENSED_THE_OLD_WAY[nameOf(path)] ?? ''])
    expect(licences.filter(([, licence]) => !isPermissive(licence!))).toEqual([])
  })

  it('would be noticed under another licence', () => {
    expect(['GPL-3.0', 'MIT AND LGPL-2.1', 'SSPL-1.0', ''].filter(isPermissive)).toEqual([])
    expect(['(MIT OR GPL-3.0)', '(BSD-3-Clause AND Apache-2.0)'].every(isPermissive)).toBe(true)
  })

  it('are pinned to their content, from the public registry', () => {
    // What a package brings along inside itself is covered by the digest of that package.
    const loose = locked.filter(([, { integrity, resolved = REGISTRY, inBundle }]) => {
      return !(inBundle || integrity?.startsWith('sha512-')) || !resolved.startsWith(REGISTRY)
    })
    expect(loose.map(([path]) => path)).toEqual([])
  })

  it('are listed in a bill of materials (CycloneDX), made from the lockfile without a network', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const [command, ...rest] = scripts.sbom!.split(' ')
    const made = spawnSync(command!, rest, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    })
    const bill = JSON.parse(made.stdout) as { bomFormat: string; components: { name: string; version: string }[] }
    expect(bill.bomFormat).toBe('CycloneDX')
    const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
    const missing = shipped.filter(([path, { version }]) => !listed.has(`${nameOf(path)}@${version}`))
    expect(missing.map(([path]) => path)).toEqual([])
  })
})
