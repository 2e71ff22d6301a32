/** Waits for a condition that another process or a background loop brings about; fails loudly when it does not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 240_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
