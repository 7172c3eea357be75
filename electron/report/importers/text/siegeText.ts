import { parseDecimal, parseDurationMs } from '../numbers';
import { siege, siegeResult } from '../siege';
import { isStillWithout, nextLine, type TextReport } from './textReport';

/* The output of siege: a line for each figure, or JSON between other lines. */

const first = /^\s*(\{\s*)?("transactions"\s*:|Transactions:)\s*\d+/;

/** Returns the number and the unit in the line that begins with a name. */
function lineOf(lines: readonly string[], name: RegExp): { value: number; unit: string } {
  const line = lines.find((each) => name.test(each)) ?? '';
  const [, value = '', unit = ''] = /:\s*([\d.,]+)\s*(\S*)/.exec(line) ?? [];
  return { value: parseDecimal(value), unit };
}

export const siegeText: TextReport = {
  begins: (lines, index, section) => {
    const line = lines[index] ?? '';
    if (/^\*\* SIEGE \d/.test(line)) return true;
    const begins = first.test(line) || (line.trim() === '{' && first.test(nextLine(lines, index)));
    return begins && !isStillWithout(section, siegeText, first);
  },
  read: (lines) => {
    const text = lines.join('\n');
    const [json] = /\{[^{}]*"transactions"[^{}]*\}/.exec(text) ?? [];
    const [result] = json === undefined ? [] : siege.read(JSON.parse(json));
    if (result) return result;
    const figureOf = (name: RegExp): number => lineOf(lines, name).value;
    const transactions = figureOf(/^Transactions:/);
    if (!Number.isInteger(transactions)) throw new TypeError('the run of siege did not complete');
    return siegeResult({
      transactions,
      successful: figureOf(/^Successful transactions:/),
      failed: figureOf(/^Failed transactions:/),
      elapsedS: figureOf(/^Elapsed time:/),
      ratePerS: figureOf(/^Transaction rate:/),
      concurrency: figureOf(/^Concurrency:/),
      unitMs: parseDurationMs(`1${lineOf(lines, /^Response time:/).unit}`),
      response: figureOf(/^Response time:/),
      longest: figureOf(/^Longest transaction:/),
      shortest: figureOf(/^Shortest transaction:/),
    });
  },
};
