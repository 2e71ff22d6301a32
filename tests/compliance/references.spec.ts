import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'

const pages = ['compliance', 'docs'].flatMap((folder) =>
  readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
)

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(projectRoot(), page), 'utf8')

  it('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:src|tests|migrations|scripts|compliance|docs)\/[\w./-]*\w)\/?`/g)]
    expect(named.map(([, path]) => path!).filter((path) => !existsSync(join(projectRoot(), path)))).toEqual([])
  })

  it('links only to pages that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!)
    expect(links.filter((path) => !existsSync(join(projectRoot(), dirname(page), path)))).toEqual([])
  })
})
