/** Open at first; who passes waits while it is shut. Those who waited go on in the order in which they came. */
export class Gate {
  #opened: Promise<void> | null = null
  #open = (): void => {}

  /** Shuts the gate and returns what opens it again. */
  shut(): () => void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = () => {
        this.#opened = null
        resolve()
      }
    })
    return this.#open
  }

  open(): void {
    this.#open()
  }

  async pass(): Promise<void> {
    while (this.#opened !== null) await this.#opened
  }
}
