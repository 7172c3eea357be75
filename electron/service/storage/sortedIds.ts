/** A block is split in two when it has grown to this many ids: what an insert moves is bounded by it. */
const maxBlock = 1_024;

/** The first position in a sorted list whose element is not less than `id`. */
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

/** A sorted set of ids, in blocks, so that neither a page nor a change depends on how many there are. */
export class SortedIds {
  readonly #blocks: string[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an id that is not there. */
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

  /** Removes an id that is there. */
  remove(id: string): void {
    const index = this.#blockOf(id);
    const block = this.#blocks[index];
    const position = block ? lowerBound(block, id) : -1;
    if (block?.[position] !== id) return;
    this.#size -= 1;
    block.splice(position, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
  }

  /** Up to `limit` ids, the first greater than `after`. */
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

  /** The first block whose greatest id is not less than `id`; behind the last one if there is none. */
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
