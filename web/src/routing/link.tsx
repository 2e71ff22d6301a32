import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { BASE, go } from './location.js'

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: string }

/** A link to another place of the console. It stays an ordinary link for new tabs, copying and assistive technology. */
export function Link({ to, ...attributes }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return <a href={BASE + to} onClick={follow} {...attributes} />
}
