import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import { toolAt } from '../../../shared/run/driver';
import type { RemoteChoice, RunInput } from '../../../shared/run/runInput';
import { exitCodes } from '../../../shared/run/verdict';
import type { AppServices } from '../../app/services';
import { writeUserFile } from '../../system/privateFiles';
import { print, printToStderr } from '../../system/terminal';
import type { RunOptions } from './runOptions';

/** Options that say something about a place, with what they need. */
const ofPlaces = {
  apply: '--apply',
  dryRun: '--dry-run',
  files: '--files',
  kubectl: '--kubectl',
  kubeContext: '--kube-context',
  namespace: '--namespace',
  region: '--region',
} as const satisfies Partial<Record<keyof RunOptions, string>>;

/** The place in the options; undefined for a load on this machine. Throws `usage` for options without a place. */
export function remoteOf(options: RunOptions): RemoteChoice | undefined {
  const { on: place, driver, kubectl, kubeContext: context, namespace, region } = options;
  if (place !== undefined) {
    if (driver !== toolAt[place])
      throw new ProofloadError(
        'usage',
        `--on ${place} needs --driver ${toolAt[place]}`,
        `add --driver ${toolAt[place]}, or leave --on out`,
      );
    return { place, kubectl, context, namespace, region };
  }
  const unused = Object.entries(ofPlaces).find(([name]) => name in options);
  if (unused === undefined) return undefined;
  throw new ProofloadError('usage', `${unused[1]} needs --on`, 'add --on PLACE, or leave it out');
}

/** Whether the options ask for a load elsewhere that is no run of this command: a plan, or a report of Artillery. */
export function isOnlyRemote({ on, apply }: RunOptions): boolean {
  return on !== undefined && (!apply || on !== 'kubernetes');
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeUserFile(join(folder, name), text);
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${folder} cannot be written: ${errorMessage(error)}`,
      'choose another folder with --files',
    );
  }
}

/** Prints the plan of a load, or writes its files and prints its commands. */
async function plan(input: RunInput, { dryRun, files, quiet }: RunOptions, services: AppServices): Promise<number> {
  const planned = await services.planRemote(input);
  if (dryRun) {
    print(planned.text);
    return exitCodes.passed;
  }
  if (!planned.isComplete)
    throw new ProofloadError(
      'usage',
      'the setup of the scenario extracts values that are known only when the load is applied',
      'add --apply, or look at the files with --dry-run',
    );
  const id = typeof input.scenario === 'string' ? input.scenario : input.scenario.id;
  const folder = files ?? `proofload-${id}`;
  write(folder, planned.files);
  if (quiet) return exitCodes.passed;
  const differences = planned.differences.map((difference) => `- ${difference}\n`).join('');
  print(
    `The files are in ${folder}. Nothing was started. The commands for that folder:\n\n${planned.commands}\n${differences}`,
  );
  return exitCodes.passed;
}

/**
 * Plans a load elsewhere, or has Artillery make it and imports its report. Returns the exit code: a report without a
 * verdict is *inconclusive*. Rejects as {@link AppServices.planRemote} and {@link AppServices.runOnAws} do.
 */
export async function makeRemote(
  input: RunInput,
  options: RunOptions,
  services: AppServices,
  signal: AbortSignal,
): Promise<number> {
  if (!options.apply) return plan(input, options, services);
  const { quiet } = options;
  const imported = await services.runOnAws(input, {
    signal,
    onLine: (line) => {
      if (!quiet) printToStderr(`${line}\n`);
    },
  });
  if (!quiet)
    for (const { id, name, notes } of imported)
      print([`${id}  ${name}`, ...notes.map((note) => `  - ${note}`), ''].join('\n'));
  return signal.aborted ? exitCodes.interrupted : exitCodes.inconclusive;
}
