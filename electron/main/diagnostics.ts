import type { EngineId } from '../../shared/engines/engine';
import type { HistoryState } from '../../shared/ipc/contract';
import type { Environment } from '../../shared/run/document';
import { printable } from '../../shared/text/printable';
import { formatNumber } from '../../shared/units/format';
import type { NotedError } from './errorLog';

/** The facts that a bug report needs. */
export interface DiagnosticFacts {
  environment: Environment;
  /** The version of Chromium, if there is one. */
  chrome: string | undefined;
  /** The locale for dates and numbers, as a language tag. */
  locale: string;
  dataFolder: string;
  homeFolder: string;
  history: Omit<HistoryState, 'repair'>;
  budgetMb: number | null;
  defaultEngine: EngineId;
  /** How the server of an engine is found, in a word: `embedded`, `by URL`. Never the URL. */
  postgres: string;
  mongodb: string;
  allowedHosts: number;
  secrets: number;
  isEncrypted: boolean;
  errors: readonly NotedError[];
}

function megabytes(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 20, 1)} MB`;
}

function errorLines(errors: readonly NotedError[]): string[] {
  if (errors.length === 0) return ['none since the start'];
  return errors.map(({ at, doing, code, message }) => `${at} ${doing}: ${code}: ${message}`);
}

/**
 * The facts as lines for a bug report. They contain no URL, no host, and no name or value of a secret. `conceal` hides
 * known secret values in texts from elsewhere. The home folder, which names the user, is written as `~`.
 */
export function describeDiagnostics(facts: DiagnosticFacts, conceal: (text: string) => string): string {
  const { environment, history, budgetMb } = facts;
  const { proofload, runtime, node, sqlite, sqliteBuild, platform, osRelease, cpu, cores, memoryMb, power } =
    environment;
  const lines = [
    `Proofload ${proofload}`,
    `Runtime: ${runtime}, Node ${node}${facts.chrome === undefined ? '' : `, Chromium ${facts.chrome}`}`,
    `SQLite: ${sqlite} (${sqliteBuild})`,
    `System: ${platform}, ${osRelease}, ${facts.locale}`,
    `Machine: ${cpu}, ${cores} cores, ${formatNumber(memoryMb)} MB, power source ${power}`,
    `Data folder: ${facts.dataFolder}`,
    `History: ${formatNumber(history.runs)} runs, ${megabytes(history.usedBytes)} of ${megabytes(history.sizeBytes)} in use, ${history.toPack} to pack, ${history.thinnedRuns} thinned, ${budgetMb === null ? 'no limit' : `limit ${formatNumber(budgetMb)} MB`}`,
    `Default engine: ${facts.defaultEngine}`,
    `PostgreSQL: ${facts.postgres}`,
    `MongoDB: ${facts.mongodb}`,
    `Allowed hosts: ${facts.allowedHosts}`,
    `Secrets: ${facts.secrets}, ${facts.isEncrypted ? 'stored encrypted' : 'until Proofload closes'}`,
    '',
    'Last errors:',
    ...errorLines(facts.errors),
  ];
  const text = printable(conceal(lines.join('\n')));
  return facts.homeFolder.length > 1 ? text.replaceAll(facts.homeFolder, '~') : text;
}
