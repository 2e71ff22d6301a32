/**
 * The trail on paper: who, what with old and new value, when with the zone, and why. One file without script, font or picture from
 * elsewhere; its head is repeated on every printed page and says of what it is a copy (21 CFR 11.10(b)).
 */
import { facts, html, PAGE_END, pageHead, Raw } from '../../platform/http/html.js'
import type { AuditFilter } from '../audit-filter.js'
import type { EntryValues } from '../entry-values.js'
import { signatureText } from '../entry-signatures.js'
import type { ShownEntry } from '../shown-entry.js'

/** What is printed at the head. */
export interface PrintedCopy {
  export: string
  createdAt: string
  by: { id: string; role: string; org?: string }
  filter: AuditFilter
  belowPosition: number
  count: number
  /** SHA-256, hexadecimal, over "<position> <event id>\n" of every entry in order. */
  listDigest: string
  /** Signed note over the log. */
  checkpoint: string
}

const STYLE = `body{max-width:none}table.trail{font-size:9pt;table-layout:fixed}
table.trail td,table.trail th{padding:.25rem .5rem .25rem 0}th.place{width:7%}th.when{width:15%}th.who{width:15%}th.why{width:13%}
thead{display:table-header-group}tr{break-inside:avoid}tr.running td{font-size:8pt;color:#46566a}
.name{color:#46566a}@page{size:A4 landscape;margin:14mm}`

export function auditPageHead(copy: PrintedCopy): string {
  const { by, checkpoint, filter, createdAt, count, belowPosition, listDigest } = copy
  const [origin, size, root] = checkpoint.split('\n')
  const content = html`<h1>Audit trail: a certified copy</h1>
    ${facts([
      ['Taken', zoned(createdAt)],
      ['By', [by.role, by.id, by.org].filter((part) => part !== undefined).join(' ')],
      ['Filter', filterText(filter)],
      ['Entries', `${count}, all below position ${belowPosition}`],
      ['SHA-256 of the list of entries', listDigest],
      ['Log', `${origin}, ${size} entries, root ${root}`],
    ])}
    <p>
      The list is “position event-id” of every entry, one a line. The signed manifest beside this file holds the SHA-256
      of the file itself. Values stand as the reader who took the copy may see them; opening them is on record.
    </p>
    <pre>${checkpoint}</pre>`
  const running = html`<thead>
    <tr class="running">
      <td colspan="5">
        Audit trail, ${filterText(filter)}: ${count} entries below ${belowPosition}, list ${listDigest}, log ${origin}
        ${size} root ${root}, taken ${zoned(createdAt)}
      </td>
    </tr>
    <tr>
      <th class="place">Position</th>
      <th class="when">When</th>
      <th class="who">Who</th>
      <th>What: old and new</th>
      <th class="why">Why</th>
    </tr>
  </thead>`
  return `${pageHead('Audit trail', STYLE)}${content.text}<table class="trail">${running.text}<tbody>`
}

export const AUDIT_PAGE_END = `</tbody></table>${PAGE_END}`

export function auditPageRow(entry: ShownEntry, { state, change, explanation }: EntryValues): string {
  const { position, id, recordedAt, occurredAt, actor, sentence, type, trial, purpose, reason, subject } = entry
  const about = entry.enrolmentCode ?? subject
  return html`<tr>
    <td>${position}<br /><span class="name">${id}</span></td>
    <td>${zoned(recordedAt)}${occurredAt !== null && html`<br /><span class="name">happened</span> ${occurredAt}`}</td>
    <td>${[actor.role, actor.org].filter((part) => part !== undefined).join(', ')}<br />${actor.id}</td>
    <td>
      ${sentence} <span class="name">${type}</span>
      ${about !== null && named('about', about)}${trial !== null && named('trial', trial)}
      ${change === null ? named('values', state) : values(change)} ${named('signed', signatureText(entry.signatures))}
    </td>
    <td>${named('reason', reason)}${named('purpose', purpose)}${named('in words', explanation)}</td>
  </tr>`.text
}

const values = ({ old, new: now, oldPosition, meaning }: NonNullable<EntryValues['change']>): Raw =>
  html`${oldPosition !== null && html`<div><b>Old</b> (position ${oldPosition}; ${meaning})${legible(old)}</div>`}
    <div><b>${oldPosition === null ? 'Recorded' : 'New'}</b>${legible(now)}</div>`

/** Every value with the path that leads to it. */
function legible(value: unknown): Raw {
  if (value === null || value === undefined) return html`<div>not readable any more</div>`
  return html`${leavesOf(value, '').map(([path, leaf]) => named(path, leaf))}`
}

function leavesOf(value: unknown, path: string): [path: string, leaf: string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path === '' ? name : `${path} › ${name}`))
}

function named(name: string, value: string | null): Raw | null {
  return value === null ? null : html`<div><span class="name">${name}</span> ${value}</div>`
}

function filterText(filter: AuditFilter): string {
  const given = Object.entries(filter).map(([field, value]) => `${field} ${String(value)}`)
  return given.length === 0 ? 'no filter' : given.join(', ')
}

/** As it stands in the log, in words: the log's times are UTC. */
const zoned = (time: string): string => time.replace('T', ' ').replace('Z', ' UTC')
