import { bodyText, documentId, tenantName } from '../../../shared/documents/dataset';
import { documentStatuses } from '../../../shared/documents/document';
import type { Scenario } from '../../../shared/scenario/schema';
import { seededStream } from '../../../shared/statistics/random';

/** A scenario for another tool, and what of it that tool can't do as we do. */
export interface ExportedScenario {
  text: string;
  /** One sentence for each difference. */
  differences: readonly string[];
}

/** Where the built-in service listens when it is started for others: `proofload serve`. */
export const serviceOrigin = 'http://127.0.0.1:8080';

/** What the requests to the document service are made of. */
export function documentContent({ dataset, seed }: Pick<Scenario, 'dataset' | 'seed'>) {
  return {
    statuses: documentStatuses,
    tenants: Array.from({ length: dataset.tenants }, (_, index) => tenantName(index)),
    documents: Array.from({ length: dataset.documentsPerTenant }, (_, index) => documentId(index)),
    body: bodyText(dataset.documentBytes, seededStream(seed, 'export')),
  };
}
