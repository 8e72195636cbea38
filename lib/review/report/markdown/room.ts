/** Characters that are left. */
export class Room {
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  /** Takes what a text needs, with the blank line before it; nothing where it does not fit. */
  take(text: string): boolean {
    const needed = text.length + 2;
    if (needed > this.#left) return false;
    this.#left -= needed;
    return true;
  }
}
