/** The address as the console's state: every screen, filter and point in time has an address that can be shared. */
import { useSyncExternalStore } from 'react'

export const BASE = '/console'

export interface Place {
  /** Below `/console`, beginning with a slash. */
  path: string
  query: URLSearchParams
}

const listeners = new Set<() => void>()
let current = placeOf(location.href)

addEventListener('popstate', announce)

export function usePlace(): Place {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

/** @param to path below `/console`, with its query */
export function go(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', BASE + to)
  announce()
}

/** The address of the same screen with some of its query changed; an empty value takes a parameter away. */
export function withQuery({ path, query }: Place, changes: Record<string, string | undefined>): string {
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') changed.delete(name)
    else changed.set(name, value)
  }
  return changed.size === 0 ? path : `${path}?${changed}`
}

/** Takes up an address that was changed without `go`, as after a sign-in. */
export function announce(): void {
  current = placeOf(location.href)
  listeners.forEach((listener) => listener())
}

function placeOf(href: string): Place {
  const { pathname, searchParams } = new URL(href)
  return { path: pathname.slice(BASE.length).replace(/\/$/, '') || '/', query: searchParams }
}
