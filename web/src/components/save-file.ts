/** Hands a file over to the person. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by the next turn, and may need it until then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
