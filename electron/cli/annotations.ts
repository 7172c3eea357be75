import type { Status } from '../../shared/report/blocks';
import { thresholdOutcome } from '../../shared/report/sections/thresholds';
import { verdictOf } from '../../shared/report/sections/verdict';
import type { RunDocument } from '../../shared/run/document';

/**
 * A message of a workflow command (actions/toolkit, packages/core/src/command.ts). An unescaped line break would start
 * another command.
 */
function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a workflow command. Unescaped commas and colons would end it. */
function escapedProperty(text: string): string {
  return escapedMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function annotation(kind: 'error' | 'warning', title: string, message: string): string {
  return `::${kind} title=${escapedProperty(title)}::${escapedMessage(message)}\n`;
}

/** An annotation for each threshold that did not pass. */
function ofThresholds(document: RunDocument, subject: string): { status: Status; line: string }[] {
  return document.thresholds.flatMap((threshold) => {
    const { status, label, value } = thresholdOutcome(threshold, document);
    if (status === 'passed') return [];
    const kind = status === 'failed' ? 'error' : 'warning';
    return [{ status, line: annotation(kind, `${subject}: threshold ${status}`, `${label}: ${value}`) }];
  });
}

/**
 * What GitHub Actions shows beside a step: an error for each failed threshold, a warning for each undecided one, and
 * the verdict where no threshold explains it. Empty for a run that passed. Only the reason for a run that did not
 * complete.
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
