import { type DemoAccount } from './accounts.js'

/** The pages' own style sheet, served beside them so that no inline style is needed. */
export const STYLE_SHEET = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 42rem; padding: 1.5rem; }
.notice { border: 2px solid #b45309; border-radius: .375rem; padding: .75rem 1rem; }
ul { list-style: none; padding: 0; display: grid; gap: .5rem; }
button { font: inherit; text-align: start; width: 100%; min-height: 2.75rem; padding: .5rem 1rem; cursor: pointer; }
input { font: inherit; width: 100%; min-height: 2.75rem; padding: .25rem .75rem; box-sizing: border-box; }
input:focus-visible, button:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
button span { display: block; }
.name { font-weight: 600; }
`

/** The page that lets a person choose one of the made-up accounts. */
export function signInPage(accounts: readonly DemoAccount[], styleSheet: string): string {
  const choices = accounts.map(
    ({ name, description }) =>
      `<li><button type="submit" name="account" value="${escape(name)}">` +
      `<span class="name">${escape(name)}</span><span>${escape(description)}</span></button></li>`,
  )
  return page(
    'Choose an evaluation account',
    `<p class="notice" role="note"><strong>Evaluation only.</strong> These accounts are made up and need no password.
Do not enter data of real people. A service for real use signs in through its own identity provider.</p>
<form method="post"><ul>${choices.join('\n')}</ul></form>`,
    styleSheet,
  )
}

/** What the page before a signature asks for. */
export interface StepUpAsked {
  acr: string
  /** Shown; to be typed unless `fixed`. */
  account: string
  fixed: boolean
  failed?: 'wrong' | 'locked'
}

/** The page that asks for account and password, or for the password alone, before a signature is made. */
export function stepUpPage({ account, fixed, failed }: StepUpAsked, styleSheet: string): string {
  const failures = {
    wrong: 'That is not the password of this account.',
    locked: 'Too many wrong passwords. Wait five minutes, then start the signing again.',
  }
  const name = fixed
    ? `<p>Account: <strong>${escape(account)}</strong></p>`
    : `<p><label>Account<br><input name="account" value="" autocomplete="username" required autofocus></label></p>`
  return page(
    'Confirm that it is you',
    `<p>A signature is about to be made in your name.</p>
${failed ? `<p class="notice" role="alert">${failures[failed]}</p>` : ''}
<form method="post">${name}
<p><label>Password<br><input type="password" name="password" autocomplete="current-password" required${fixed ? ' autofocus' : ''}></label></p>
<button type="submit">Confirm and sign</button></form>
<p>Evaluation: <code>npm run -s cli -- password ${escape(account === '' ? 'investigator' : account)}</code> prints it.</p>`,
    styleSheet,
  )
}

/** @param form the provider's form with its token against forged requests; already HTML */
export function signOutPage(form: string, styleSheet: string): string {
  return page(
    'Sign out',
    `<p>Sign out of the evaluation service?</p>${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
    styleSheet,
  )
}

export function messagePage(title: string, message: string, styleSheet: string): string {
  return page(title, `<p>${escape(message)}</p>`, styleSheet)
}

function page(title: string, body: string, styleSheet: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Twin Ledger evaluation</title>
<link rel="stylesheet" href="${escape(styleSheet)}">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
