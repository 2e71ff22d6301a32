import { describe, expect, it } from '@jest/globals'
import { newestFirst } from '../../../src/platform/http/newest-first.js'

const arrived = (...ids: string[]): ReadonlyMap<string, { id: string }> => new Map(ids.map((id) => [id, { id }]))
const idsOf = ({ page }: { page: { id: string }[] }) => page.map(({ id }) => id)
const every = () => true

describe('records folded from a stream, page by page', () => {
  const records = arrived('first', 'second', 'third', 'fourth')

  it('come newest first, and the last page names no other', () => {
    const { next, ...head } = newestFirst(records, every, 3)
    expect(idsOf(head)).toEqual(['fourth', 'third', 'second'])
    const rest = newestFirst(records, every, 3, next)
    expect([idsOf(rest), rest.next]).toEqual([['first'], undefined])
  })

  it('stay where they are when others arrive between two pages', () => {
    const { next } = newestFirst(records, every, 2)
    const grown = arrived(...records.keys(), 'fifth', 'sixth')
    expect(idsOf(newestFirst(grown, every, 2, next))).toEqual(['second', 'first'])
  })

  it('name no further page when nothing that is wanted is left', () => {
    const { next, ...head } = newestFirst(records, ({ id }) => id !== 'first' && id !== 'second', 2)
    expect([idsOf(head), next]).toEqual([['fourth', 'third'], undefined])
  })

  it('take no cursor of another list', () => {
    expect(() => newestFirst(records, every, 2, 'r22222222-2222-4222-8222-222222222222')).toThrow(
      expect.objectContaining({ code: 'cursor-invalid' }),
    )
  })
})
