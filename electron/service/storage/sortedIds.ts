/** The maximum number of ids in a block. A larger block is split in two, which limits how many ids an insert moves. */
const maxBlock = 1_024;

/** Returns the first position in a sorted list whose element is not less than `id`. */
function lowerBound(sorted: readonly string[], id: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A sorted set of ids in blocks, so that the cost of a page or a change does not depend on the number of ids. */
export class SortedIds {
  readonly #blocks: string[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an id, which must not be in the set. */
  add(id: string): void {
    this.#size += 1;
    const index = Math.min(this.#blockOf(id), this.#blocks.length - 1);
    const block = this.#blocks[index];
    if (!block) {
      this.#blocks.push([id]);
      return;
    }
    const last = block.at(-1);
    if (last === undefined || last < id) block.push(id);
    else block.splice(lowerBound(block, id), 0, id);
    if (block.length > maxBlock) this.#blocks.splice(index + 1, 0, block.splice(maxBlock >>> 1));
  }

  /** Removes an id, if it is in the set. */
  remove(id: string): void {
    const index = this.#blockOf(id);
    const block = this.#blocks[index];
    const position = block ? lowerBound(block, id) : -1;
    if (block?.[position] !== id) return;
    this.#size -= 1;
    block.splice(position, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
  }

  /** Returns up to `limit` ids in order, from the first that is greater than `after`. */
  page(after: string | undefined, limit: number): string[] {
    const page: string[] = [];
    let index = after === undefined ? 0 : this.#blockOf(after);
    let position = after === undefined ? 0 : lowerBound(this.#blocks[index] ?? [], `${after}\u0000`);
    for (; index < this.#blocks.length && page.length < limit; index += 1) {
      const block = this.#blocks[index] ?? [];
      for (; position < block.length && page.length < limit; position += 1) page.push(block[position] ?? '');
      position = 0;
    }
    return page;
  }

  /**
   * Returns the index of the first block whose greatest id is not less than `id`; the number of blocks if there is
   * none.
   */
  #blockOf(id: string): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#blocks[middle]?.at(-1) ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
