import { bodyText, documentId, tenantName } from '../../../shared/documents/dataset';
import { documentStatuses } from '../../../shared/documents/document';
import type { Scenario } from '../../../shared/scenario/schema';
import { nameSecrets } from '../../../shared/secrets/nameSecrets';
import { redactScenario } from '../../../shared/secrets/redactRun';
import { secretNamesIn, secretVariable } from '../../../shared/secrets/reference';
import { seededStream } from '../../../shared/statistics/random';
import { printableLine } from '../../../shared/text/printable';

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

/** A secret that a script takes from the environment. */
export interface ScriptSecret {
  /** As the scenario refers to it. */
  name: string;
  /** The environment variable, the same that Proofload itself takes it from. */
  variable: string;
  /** What it is for, such as `Authorization`; undefined for one that the scenario itself refers to by name. */
  about: string | undefined;
}

/**
 * A scenario in which no secret stands: what was typed has a name, as `{{secret.NAME}}`. A script takes it from an
 * environment variable.
 */
export function withNamedSecrets(scenario: Scenario): { scenario: Scenario; secrets: readonly ScriptSecret[] } {
  const { requests, data } = scenario;
  const { name, thresholds } = redactScenario(scenario);
  if (!requests) return { scenario: { ...scenario, name, thresholds }, secrets: [] };
  const referred = secretNamesIn(JSON.stringify(requests));
  const { work, secrets } = nameSecrets({ requests, data }, referred);
  return {
    scenario: { ...scenario, name, thresholds, requests: [...work.requests], data: work.data },
    secrets: [
      ...referred.map((known) => ({ name: known, variable: secretVariable(known), about: undefined })),
      ...secrets.map(({ name: given, about }) => ({ name: given, variable: secretVariable(given), about })),
    ],
  };
}

/** What the head of a script says of its secrets, line by line; nothing where it has none. */
export function describeSecrets(secrets: readonly ScriptSecret[]): string[] {
  if (secrets.length === 0) return [];
  return [
    'Its secrets are not in it. They come from these environment variables:',
    ...secrets.map(({ variable, about }) => `- ${variable}${about === undefined ? '' : `, for ${about}`}`),
  ];
}

/** A line for a comment of a script: it can't end the comment, nor begin another line. */
export function commentLine(text: string): string {
  return printableLine(text).replaceAll('*/', '* /').replaceAll('-->', '-- >');
}

/** The server that a script loads, as a URL without user, password, query and fragment, which are no part of it. */
export function serverOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`.replace(/\/+$/, '');
}

/** A word of a command line as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w.:/[\]@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
