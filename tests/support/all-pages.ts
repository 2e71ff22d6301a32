/** Reads a list page by page to its end; a list that goes round in circles fails. */
export async function allPages<Page extends { next?: string }>(
  read: (query: string) => Promise<Page>,
  limit = 1,
): Promise<Page[]> {
  const pages: Page[] = []
  const cursors = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await read(`?limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`)
    pages.push(page)
    cursor = page.next
    if (cursor !== undefined && cursors.has(cursor)) throw new Error('The list names the same page twice.')
    if (cursor !== undefined) cursors.add(cursor)
  } while (cursor !== undefined)
  return pages
}
