import type { DatasetSize } from '../../../shared/documents/dataset';
import { documentId, tenantName } from '../../../shared/documents/dataset';
import type { AcknowledgedWrite } from '../../service/protocol';
import { type Shard, wholeLoad } from '../schedule/shard';

const maxExamples = 5;

/** A seeded document. Documents with consecutive numbers belong to different tenants. */
export interface SeededDocument {
  index: number;
  tenant: string;
  id: string;
}

/**
 * Remembers which writes the target has acknowledged, and which responses were wrong. Seeded documents are kept by
 * number in typed arrays, so that only inserted documents make memory grow with the run.
 */
export class Ledger {
  readonly #dataset: DatasetSize;
  /** The highest acknowledged version of each seeded document; 1 is the seed itself. */
  readonly #versions: Uint32Array;
  /** The number of the write that was acknowledged with that version; 0 for the seed. */
  readonly #writers: Float64Array;
  readonly #inserted: AcknowledgedWrite[] = [];
  #nextWriter: number;
  readonly #writerStep: number;
  checked = 0;
  violations = 0;
  readonly violationExamples: string[] = [];

  /** Each load process has its own ledger. The processes number their writes in turn. */
  constructor(dataset: DatasetSize, { index, count: shards }: Shard = wholeLoad) {
    this.#nextWriter = 1 + index;
    this.#writerStep = shards;
    this.#dataset = dataset;
    const count = dataset.tenants * dataset.documentsPerTenant;
    this.#versions = new Uint32Array(count).fill(1);
    this.#writers = new Float64Array(count);
  }

  get documentCount(): number {
    return this.#versions.length;
  }

  document(index: number): SeededDocument {
    const { tenants } = this.#dataset;
    return { index, tenant: tenantName(index % tenants), id: documentId(Math.floor(index / tenants)) };
  }

  /** A number that no other write of this run has; it makes the content of a write recognisable. */
  newWriter(): number {
    const writer = this.#nextWriter;
    this.#nextWriter += this.#writerStep;
    return writer;
  }

  /** The title that a write leaves in the document. */
  static title(writer: number): string {
    return `write ${writer}`;
  }

  /** The lowest version that a read sent now may return. */
  acknowledgedVersion(index: number): number {
    return this.#versions[index] ?? 1;
  }

  /** Notes an acknowledged update. Returns what is wrong with the acknowledgement, if anything. */
  acknowledgeUpdate(document: SeededDocument, version: number, writer: number): string | undefined {
    const known = this.acknowledgedVersion(document.index);
    if (version === known)
      return `two writes of ${document.tenant}/${document.id} were acknowledged as version ${version}`;
    if (version > known) {
      this.#versions[document.index] = version;
      this.#writers[document.index] = writer;
    }
    return undefined;
  }

  acknowledgeInsert(tenant: string, id: string, version: number, writer: number): void {
    this.#inserted.push({ tenant, id, version, title: Ledger.title(writer) });
  }

  /** Counts a response that was checked, and what was wrong with it. */
  noteCheck(violation: string | undefined): void {
    this.checked += 1;
    if (violation === undefined) return;
    this.violations += 1;
    if (this.violationExamples.length < maxExamples) this.violationExamples.push(violation);
  }

  /** All acknowledged writes. Of several writes to one document, only that with the highest version. */
  acknowledgedWrites(): AcknowledgedWrite[] {
    const writes = [...this.#inserted];
    this.#versions.forEach((version, index) => {
      if (version === 1) return;
      const { tenant, id } = this.document(index);
      writes.push({ tenant, id, version, title: Ledger.title(this.#writers[index] ?? 0) });
    });
    return writes;
  }
}
