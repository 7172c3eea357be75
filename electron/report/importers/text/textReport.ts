import { type ImportedFigures, UnreadableForm } from '../importer';

/* What tools print on a terminal: for people, often after a prompt and several times in one file. */

/** The lines of a text, from the beginning of one report to that of the next. */
export interface Section {
  report: TextReport;
  lines: string[];
}

/** What one tool prints. */
export interface TextReport {
  /**
   * Whether a report begins at a line, `section` being what is read until there. The beginnings of tools that look
   * alike are told apart by the lines after them.
   */
  begins(lines: readonly string[], index: number, section: Section | undefined): boolean;
  /** The result in a report. Throws anything for one that is not as it should be. */
  read(lines: readonly string[]): ImportedFigures;
}

/** What colours and moves the cursor on a terminal (ECMA-48). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])/g;

/** The lines of a text as they look on a terminal: without colours, and with what was written over a line last. */
export function linesOf(text: string): string[] {
  return text
    .replace(escapes, '')
    .split('\n')
    .map((line) => line.slice(line.trimEnd().lastIndexOf('\r') + 1).trimEnd());
}

/** The reports in a text, in their order; what stands before the first is none of them. */
export function sectionsOf(lines: readonly string[], reports: readonly TextReport[]): Section[] {
  const sections: Section[] = [];
  lines.forEach((line, index) => {
    const section = sections.at(-1);
    const report = reports.find((candidate) => candidate.begins(lines, index, section));
    if (report) sections.push({ report, lines: [line] });
    else section?.lines.push(line);
  });
  return sections;
}

/** The first line after `index` that is not empty. */
export function nextLine(lines: readonly string[], index: number): string {
  return lines.slice(index + 1, index + 6).find((line) => line.trim() !== '') ?? '';
}

/** Whether the section that is read is of this report, and has no line like `pattern` yet. */
export function isStillWithout(section: Section | undefined, report: TextReport, pattern: RegExp): boolean {
  return section?.report === report && !section.lines.some((line) => pattern.test(line));
}

/** The report of a tool that is not read as text, but known by how it begins. */
export function refused(begins: RegExp, tool: string, advice: string): TextReport {
  const report: TextReport = {
    begins: (lines, index, section) => begins.test(lines[index] ?? '') && section?.report !== report,
    read: () => {
      throw new UnreadableForm(`has what ${tool} prints, which is not read`, advice);
    },
  };
  return report;
}
