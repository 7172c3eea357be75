import { z } from 'zod';
import { bodyText, randomStatus, tenantName } from '../../../shared/documents/dataset';
import { type DocumentFields, documentStatusSchema, writeReceiptSchema } from '../../../shared/documents/document';
import type { HttpMethod } from '../../../shared/run/target';
import { type OperationName, operationNames, type Scenario } from '../../../shared/scenario/schema';
import { type KeyDistribution, scrambledZipfianKeys, uniformKeys } from '../../../shared/statistics/keyDistribution';
import { type Random, seededStream } from '../../../shared/statistics/random';
import { type Shard, wholeLoad } from '../schedule/shard';
import { Ledger } from './ledger';
import { weightedDraw } from './weightedDraw';
import type { PlannedRequest, ReceivedResponse, WireRequest, Workload } from './workload';

/** The fields of a document that show whether the right one came back. */
const identitySchema = z.object({ tenant: z.string(), id: z.string(), version: z.int(), status: documentStatusSchema });
const pageSchema = z.object({ documents: z.array(identitySchema) });

/** The failure kind of a response that is complete but wrong. */
export const wrongAnswer = 'wrong-answer';

const reusedBodies = 64;

function parseJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The report's workload on the document service: operations drawn by weight, on keys drawn by popularity. Every
 * response is checked for status, tenant, id and version. Acknowledged writes are remembered for the audit.
 */
export class DocumentWorkload implements Workload {
  readonly ledger: Ledger;
  readonly #host: string;
  readonly #queryLimit: number;
  readonly #tenantCount: number;
  readonly #drawOperation: () => OperationName;
  readonly #drawKey: KeyDistribution;
  readonly #random: Random;
  readonly #bodies: string[];

  constructor(scenario: Scenario, host: string, shard: Shard = wholeLoad) {
    this.#host = host;
    this.#queryLimit = scenario.queryLimit;
    this.#tenantCount = scenario.dataset.tenants;
    this.ledger = new Ledger(scenario.dataset, shard);
    const stream = (name: string): Random =>
      seededStream(scenario.seed, shard.index === 0 ? name : `${name}/${shard.index}`);
    const mix = operationNames.map((name) => [name, scenario.operations[name]] as const);
    this.#drawOperation = weightedDraw(mix, stream('operations'));
    const keyRandom = stream('keys');
    this.#drawKey =
      scenario.keys.distribution === 'zipfian'
        ? scrambledZipfianKeys(this.ledger.documentCount, scenario.keys.theta, keyRandom)
        : uniformKeys(this.ledger.documentCount, keyRandom);
    this.#random = stream('content');
    // Generating a kilobyte of text for every write would cost more than sending it.
    this.#bodies = Array.from({ length: reusedBodies }, () => bodyText(scenario.dataset.documentBytes, this.#random));
  }

  next(): PlannedRequest {
    const operation = this.#drawOperation();
    switch (operation) {
      case 'read':
        return this.#read();
      case 'query':
        return this.#query();
      case 'update':
        return this.#update();
      case 'insert':
        return this.#insert();
    }
  }

  #read(): PlannedRequest {
    const document = this.ledger.document(this.#drawKey());
    const atLeast = this.ledger.acknowledgedVersion(document.index);
    return {
      operation: 'read',
      keepsBody: true,
      wire: this.#wire('GET', `/tenants/${document.tenant}/documents/${document.id}`),
      check: (response) =>
        this.#judge(response, 200, () => {
          const found = parseJson(identitySchema, response.text());
          const name = `${document.tenant}/${document.id}`;
          if (!found) return `a read of ${name} returned no document`;
          if (found.tenant !== document.tenant || found.id !== document.id)
            return `a read of ${name} returned ${found.tenant}/${found.id}`;
          if (found.version < atLeast)
            return `a read of ${name} returned version ${found.version} after ${atLeast} was acknowledged`;
          return undefined;
        }),
    };
  }

  #query(): PlannedRequest {
    const tenant = this.#randomTenant();
    const status = randomStatus(this.#random);
    return {
      operation: 'query',
      keepsBody: true,
      wire: this.#wire('GET', `/tenants/${tenant}/documents?status=${status}&limit=${this.#queryLimit}`),
      check: (response) =>
        this.#judge(response, 200, () => {
          const page = parseJson(pageSchema, response.text());
          const name = `a query of ${tenant} for ${status}`;
          if (!page) return `${name} returned no list`;
          const foreign = page.documents.find((found) => found.tenant !== tenant || found.status !== status);
          if (foreign) return `${name} returned ${foreign.tenant}/${foreign.id} (${foreign.status})`;
          if (page.documents.length > this.#queryLimit) return `${name} returned more than its limit`;
          return undefined;
        }),
    };
  }

  #update(): PlannedRequest {
    const document = this.ledger.document(this.#drawKey());
    const writer = this.ledger.newWriter();
    return {
      operation: 'update',
      keepsBody: true,
      wire: this.#wire('PUT', `/tenants/${document.tenant}/documents/${document.id}`, this.#content(writer)),
      check: (response) =>
        this.#judge(response, 200, () => {
          const receipt = parseJson(writeReceiptSchema, response.text());
          const name = `an update of ${document.tenant}/${document.id}`;
          if (!receipt) return `${name} returned no receipt`;
          if (receipt.tenant !== document.tenant || receipt.id !== document.id)
            return `${name} was acknowledged as ${receipt.tenant}/${receipt.id}`;
          return this.ledger.acknowledgeUpdate(document, receipt.version, writer);
        }),
    };
  }

  #insert(): PlannedRequest {
    const tenant = this.#randomTenant();
    const writer = this.ledger.newWriter();
    return {
      operation: 'insert',
      keepsBody: true,
      wire: this.#wire('POST', `/tenants/${tenant}/documents`, this.#content(writer)),
      check: (response) =>
        this.#judge(response, 201, () => {
          const receipt = parseJson(writeReceiptSchema, response.text());
          if (!receipt) return `an insert for ${tenant} returned no receipt`;
          if (receipt.tenant !== tenant) return `an insert for ${tenant} was acknowledged for ${receipt.tenant}`;
          this.ledger.acknowledgeInsert(tenant, receipt.id, receipt.version, writer);
          return undefined;
        }),
    };
  }

  #judge(response: ReceivedResponse, expectedStatus: number, violation: () => string | undefined): string | undefined {
    if (response.status !== expectedStatus) return `status-${response.status}`;
    const found = violation();
    this.ledger.noteCheck(found);
    return found === undefined ? undefined : wrongAnswer;
  }

  #randomTenant(): string {
    return tenantName(Math.floor(this.#random() * this.#tenantCount));
  }

  #content(writer: number): string {
    const fields: DocumentFields = {
      status: randomStatus(this.#random),
      title: Ledger.title(writer),
      owner: `owner-${writer % 50}`,
      category: 'report',
      priority: writer % 5,
      tags: [`tag-${writer % 20}`, `tag-${20 + (writer % 20)}`],
      body: this.#bodies[writer % reusedBodies] ?? '',
    };
    return JSON.stringify(fields);
  }

  #wire(method: HttpMethod, path: string, body?: string): WireRequest {
    const content =
      body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    return { method, head: `${method} ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${content}\r\n`, body, origin: 0 };
  }
}
