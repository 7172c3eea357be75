import { httpMethods } from '../../run/target';
import { secretReference } from '../../secrets/reference';
import type { Cell } from '../template';
import { acceptedEncodings, usableHeaders } from './importedHeaders';
import {
  type Header,
  type ImportedRequests,
  type ImportedStep,
  type ImportedUrl,
  importedUrl,
  maxRequests,
  withUser,
} from './importedRequests';

/** A request in the form of a file or a command. */
export interface RawRequest {
  name?: string | undefined;
  method: string;
  /** An absolute URL, or a path on the server of the run. */
  url: string;
  headers: readonly Header[];
  body?: string | Record<string, unknown> | unknown[] | undefined;
  expectRedirect?: boolean | undefined;
  /** The maximum number of redirects. */
  redirects?: number | undefined;
  /** The proxy that it goes through, in the form of a scenario; direct when undefined. */
  proxy?: string | undefined;
}

type Requests = ImportedRequests['requests'];

/** More than a user would look at. The weights include all repetitions. */
const maxSteps = 20_000;
const maxNotes = 100;
/** Text in double braces that would be filled in before a request is sent, or might be in a later version. */
const braces = /\{\{\s*([A-Za-z_$][^{}\r\n]{0,100}?)\s*\}\}/g;

/** Collects the requests of a file. Equal requests become one with a weight. What cannot be imported is noted. */
export class RequestCollector {
  readonly #found = new Map<string, { place: number; weight: number; request: Requests[number] }>();
  readonly #steps: ImportedStep[] = [];
  readonly #notes = new Set<string>();
  readonly #left = new Map<string, number>();
  readonly #row = new Map<string, Cell>();
  readonly #literals = new Map<string, string>();
  readonly #proxies = new Set<string | undefined>();
  #host = '';

  /** Adds a request and returns the index of its step. An unusable request is left out and noted. */
  add(raw: RawRequest, step: Omit<ImportedStep, 'request'> = {}): number | undefined {
    const method = httpMethods.find((known) => known === raw.method.toUpperCase());
    if (!method) {
      this.leaveOut(`with the method ${raw.method.slice(0, 20)}`);
      return undefined;
    }
    const target = serverOf(raw.url);
    if (!target) {
      this.leaveOut('to no HTTP server');
      return undefined;
    }
    const { headers, notes } = usableHeaders(withUser(raw.headers, target), target.host);
    const { name, body, expectRedirect, redirects } = raw;
    const acceptEncoding = acceptedEncodings(raw.headers);
    const label = name?.replace(/[{}]/g, '').trim().slice(0, 80);
    const request = {
      ...(label ? { name: label } : {}),
      method,
      url: target.url,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(acceptEncoding ? { acceptEncoding } : {}),
      ...(body === undefined ? {} : { body }),
      ...(expectRedirect ? { expectRedirect } : {}),
      ...(redirects === undefined ? {} : { redirects }),
    };
    const key = JSON.stringify(request);
    const known = this.#found.get(key) ?? { place: this.#found.size, weight: 0, request };
    if (known.place >= maxRequests) {
      this.leaveOut(`beyond the ${maxRequests} that a scenario has`);
      return undefined;
    }
    this.#found.set(key, known);
    this.#proxies.add(raw.proxy);
    known.weight += 1;
    this.#host ||= target.host;
    for (const note of notes) this.note(note);
    if (this.#steps.length >= maxSteps) return undefined;
    this.#steps.push({ request: known.place, ...step });
    return this.#steps.length - 1;
  }

  /** Counts a request that is left out. `why` completes the sentence "2 requests were left out, ...". */
  leaveOut(why: string): void {
    this.#left.set(why, (this.#left.get(why) ?? 0) + 1);
  }

  /** Adds a note, once. */
  note(text: string): void {
    if (this.#notes.size < maxNotes) this.#notes.add(text);
  }

  /** Stores a value in the row of data and returns its placeholder. Equal names and values share a column. */
  column(name: string, value: Cell): string {
    const base = name.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^(?![A-Za-z_])/, '_') || '_';
    for (let number = 1; ; number += 1) {
      const column = number === 1 ? base : `${base}_${number}`;
      if (column === 'iteration' || (this.#row.has(column) && this.#row.get(column) !== value)) continue;
      this.#row.set(column, value);
      return `{{${column}}}`;
    }
  }

  /**
   * Returns a text that is sent exactly as written, even when it has braces that would be filled in. With
   * `keepsSecrets`, references to secrets stay references, because a user wrote them for Proofload.
   */
  literal(text: string, keepsSecrets = false): string {
    if (!text.includes('{{')) return text;
    return text.replaceAll(braces, (all: string, name: string) => {
      if (keepsSecrets && all.replaceAll(secretReference, '') === '') return all;
      const known = this.#literals.get(all) ?? this.column(`literal_${name.slice(0, 40)}`, all);
      this.#literals.set(all, known);
      this.note(`${all} is sent as it is written: ${known} has it from the data.`);
      return known;
    });
  }

  /** The host of the first request; empty before it. */
  get host(): string {
    return this.#host;
  }

  /**
   * Returns the collected requests, named after the file or its first server. Throws a RangeError when there are none,
   * and when they do not all go through the same proxy.
   */
  finish(name: string | undefined, empty: string): ImportedRequests {
    const left = [...this.#left].map(([why, count]) => describeLeft(count, why));
    if (this.#found.size === 0) throw new RangeError([empty, ...left].join(' '));
    if (this.#proxies.size > 1)
      throw new RangeError(
        'some requests go through a proxy, and others through another one or none: a scenario has one proxy for all of them, so import these requests on their own',
      );
    const [proxy] = this.#proxies;
    return {
      name: name?.trim() || this.#host || 'Imported',
      requests: [...this.#found.values()].map(({ weight, request }) => (weight > 1 ? { ...request, weight } : request)),
      data: this.#row.size > 0 ? [Object.fromEntries(this.#row)] : [],
      steps: this.#steps,
      notes: [...left, ...(proxy === undefined ? [] : [describeProxy(proxy)]), ...this.#notes],
      ...(proxy === undefined ? {} : { proxy }),
    };
  }
}

function describeLeft(count: number, why: string): string {
  return count === 1 ? `1 request was left out, ${why}.` : `${count} requests were left out, ${why}.`;
}

function describeProxy(proxy: string): string {
  return `All requests go through the proxy ${proxy.replace(/\/\/.*@/s, '//')}.`;
}

/** Returns where a request goes; a path goes to the server of the run. Undefined when it is not an HTTP request. */
function serverOf(url: string): ImportedUrl | undefined {
  if (/^\/(?!\/)/.test(url)) return { url: url.replace(/#.*$/s, ''), host: '', authorization: undefined };
  try {
    return importedUrl(url);
  } catch {
    return undefined;
  }
}
