/**
 * An immutable list that grows at its end in constant time and shares everything before it with its earlier versions.
 * Folding a stream of n events into states with such lists costs O(n), and every earlier state stays what it was.
 */
export interface Chain<Item> {
  readonly length: number
  readonly last: Item
  readonly before: Chain<Item> | null
}

/** `null` is the empty list. */
export function extend<Item>(chain: Chain<Item> | null, item: Item): Chain<Item> {
  return { length: (chain?.length ?? 0) + 1, last: item, before: chain }
}

/** The items, oldest first. */
export function items<Item>(chain: Chain<Item> | null): Item[] {
  const list = new Array<Item>(chain?.length ?? 0)
  for (let link = chain; link !== null; link = link.before) list[link.length - 1] = link.last
  return list
}

/** The list of these items, oldest first. */
export function chainOf<Item>(list: readonly Item[]): Chain<Item> | null {
  return list.reduce<Chain<Item> | null>(extend, null)
}
