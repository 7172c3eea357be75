import { ProofloadError } from '../../shared/errors/appError';
import { type ToolDriver, toolNames } from '../../shared/run/driver';
import { describeExit, quoteComplaint } from './processOutput';
import type { ToolEnd } from './toolProcess';

/**
 * The exit codes of a tool that generated its load. With 99, thresholds of k6 failed; with 21, expectations of
 * Artillery.
 */
const loadCodes: Readonly<Record<ToolDriver, ReadonlySet<number>>> = {
  k6: new Set([0, 99]),
  artillery: new Set([0, 21]),
};

/** The meanings of those exit codes of k6 that k6 itself does not explain well (errext/exitcodes). */
const k6Codes: Readonly<Record<number, string>> = {
  104: 'its options are wrong',
  105: 'something else interrupted it',
  107: 'its script threw an exception',
  108: 'its script aborted the run',
  109: 'it crashed',
  // k6 itself ends with none of these: they are those of `docker run`, and of a process that was killed.
  125: 'Docker did not start its container',
  126: 'its image has no command that can be run',
  127: 'its image has no command that can be run',
  137: 'its container was killed, for example because memory ran out',
};

/** The fault of a process of a tool that has ended; undefined for a process that generated its load or was stopped. */
export function toolFault(tool: ToolDriver, { code, signal, complaint }: ToolEnd, wasStopped: boolean) {
  if (wasStopped || (code !== null && loadCodes[tool].has(code))) return undefined;
  const meaning = tool === 'k6' && code !== null ? k6Codes[code] : undefined;
  return new ProofloadError(
    'load-failed',
    `${toolNames[tool]} ${describeExit({ code, signal })}${meaning === undefined ? '' : `: ${meaning}`}.${quoteComplaint(complaint)}`,
    'run the exported script by hand to see why, or try a version that is named in the documentation',
  );
}
