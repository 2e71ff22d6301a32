import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { projectRoot } from '../../src/platform/project-root.js'
import { configurationPage } from './support/configuration-page.js'

describe('docs/configuration.md', () => {
  it('lists the settings that the service reads, as they are (npm run docs:configuration writes it)', () => {
    expect(readFileSync(join(projectRoot(), 'docs', 'configuration.md'), 'utf8')).toBe(configurationPage())
  })

  it('marks secrets and keeps a table whole', () => {
    const settings = [{ name: 'KEY', description: 'a | b', default: '<HOST>', secret: true }]
    expect(configurationPage(settings)).toContain('| `KEY` | a \\| b *Secret.* | &lt;HOST> |')
  })
})
