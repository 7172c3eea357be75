import { statusOfOk, statusText } from '../../shared/report/status';
import { describeResponse, describeTiming, describeTried, prettyBody } from '../../shared/scenario/describeTried';
import type { TriedBody, TriedJourney, TriedStep } from '../../shared/scenario/triedJourney';
import { printableLine } from '../../shared/text/printable';

/** The printed part of a body. The JSON output has everything that was saved. */
const maxLines = 30;
const maxLineLength = 160;

/** Headers as lines of `name: value`, as curl shows what was sent and received. */
function headerLines(sign: '>' | '<', headers: TriedStep['request']['headers']): string[] {
  return headers.map(([name, value]) => `${sign} ${printableLine(name)}: ${printableLine(value)}`);
}

function bodyLines(body: TriedBody | null): string[] {
  if (!body) return [];
  if (body.problem !== null) return [`(${body.bytes} bytes: ${printableLine(body.problem)})`];
  if (body.text === '') return [];
  const lines = prettyBody(body).split('\n');
  const shown = lines.slice(0, maxLines).map((line) => {
    const printed = printableLine(line);
    return printed.length > maxLineLength ? `${printed.slice(0, maxLineLength)} ...` : printed;
  });
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 || body.isCut ? [`... ${left > 0 ? `${left} more lines` : 'more'}`] : [])];
}

function stepLines(tried: TriedStep): string[] {
  const { step, request, response, timing, failure, checks, extracted } = tried;
  const indented = [
    ...headerLines('>', request.headers),
    ...bodyLines(request.body),
    ...headerLines('<', response?.headers ?? []),
    ...bodyLines(response?.body ?? null),
    ...checks.map(({ name, ok, actual }) => `${statusText(statusOfOk(ok))}  ${printableLine(`${name}: ${actual}`)}`),
    ...extracted.map(({ variable, value }) =>
      value === null
        ? `${statusText('failed')}  ${variable} is not in the response`
        : `${variable} = ${printableLine(value).slice(0, maxLineLength)}`,
    ),
  ];
  return [
    '',
    `${statusText(statusOfOk(failure === null))}  ${printableLine(step)}${failure === null ? '' : ` (${failure})`}`,
    `  ${request.method} ${printableLine(request.url)}`,
    `  ${describeResponse(tried)}, ${describeTiming(timing)}`,
    ...indented.map((line) => `    ${line}`),
  ];
}

/** What one virtual user sent and received, for a terminal. */
export function describeTriedJourney(tried: TriedJourney): string {
  return `${[printableLine(describeTried(tried)), ...tried.steps.flatMap(stepLines)].join('\n')}\n`;
}
