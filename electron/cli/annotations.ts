import type { Status } from '../../shared/report/blocks';
import { thresholdOutcome } from '../../shared/report/sections/thresholds';
import { verdictOf } from '../../shared/report/sections/verdict';
import type { RunDocument } from '../../shared/run/document';

/** A message of a workflow command (actions/toolkit, packages/core/src/command.ts): a line break would begin another. */
function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of one, which commas and colons end. */
function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function annotation(kind: 'error' | 'warning', title: string, message: string): string {
  return `::${kind} title=${escapedProperty(title)}::${escapedMessage(message)}\n`;
}

/** An annotation of each threshold that did not pass. */
function ofThresholds(document: RunDocument, subject: string): { status: Status; line: string }[] {
  return document.thresholds.flatMap((threshold) => {
    const { status, label, value } = thresholdOutcome(threshold, document);
    if (status === 'passed') return [];
    const kind = status === 'failed' ? 'error' : 'warning';
    return [{ status, line: annotation(kind, `${subject}: threshold ${status}`, `${label}: ${value}`) }];
  });
}

/**
 * What GitHub Actions shows beside a step: an error for each threshold that failed, a warning for each that is
 * undecided, and the verdict where no threshold says it. Nothing of a run that passed; of one that did not complete its
 * reason alone.
 */
export function annotationsOf(document: RunDocument): string {
  const { word, sentence, verdict } = verdictOf(document);
  if (verdict === 'passed') return '';
  const subject = document.scenario.name;
  const isComplete = verdict === 'failed' || verdict === 'inconclusive';
  const lines = isComplete ? ofThresholds(document, subject) : [];
  const isSaid = lines.some(({ status }) => status === (verdict === 'failed' ? 'failed' : 'undecided'));
  const whole = annotation(verdict === 'inconclusive' ? 'warning' : 'error', `${subject}: ${word}`, sentence);
  return [...(isSaid ? [] : [whole]), ...lines.map(({ line }) => line)].join('');
}
