import { type ImportedFigures, UnreadableForm } from '../importer';

/*
 * The output of tools on a terminal. It is made for people, often follows a prompt, and may occur several times in a
 * file.
 */

/** The lines of a text, from the beginning of one report to that of the next. */
export interface Section {
  report: TextReport;
  lines: string[];
}

/** The terminal output of one tool. */
export interface TextReport {
  /**
   * Whether a report begins at a line. `section` is the section that has been read up to there. If the beginnings of
   * two tools look alike, the lines after them decide.
   */
  begins(lines: readonly string[], index: number, section: Section | undefined): boolean;
  /** Returns the result in a report. Throws any error for a malformed report. */
  read(lines: readonly string[]): ImportedFigures;
}

/** The escape sequences for colours and cursor movements on a terminal (ECMA-48). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])/g;

/**
 * Returns the lines of a text as a terminal shows them: without colours, and only with what was last written over a
 * line.
 */
export function linesOf(text: string): string[] {
  return text
    .replace(escapes, '')
    .split('\n')
    .map((line) => line.slice(line.trimEnd().lastIndexOf('\r') + 1).trimEnd());
}

/** Returns the reports in a text, in order. Lines before the first report belong to none. */
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

/** Returns the first line after `index` that is not empty. */
export function nextLine(lines: readonly string[], index: number): string {
  return lines.slice(index + 1, index + 6).find((line) => line.trim() !== '') ?? '';
}

/** Whether the section belongs to this report and has no line that matches `pattern` yet. */
export function isStillWithout(section: Section | undefined, report: TextReport, pattern: RegExp): boolean {
  return section?.report === report && !section.lines.some((line) => pattern.test(line));
}

/** Returns the report of a tool that is recognised by its beginning, but not read as text. */
export function refused(begins: RegExp, tool: string, advice: string): TextReport {
  const report: TextReport = {
    begins: (lines, index, section) => begins.test(lines[index] ?? '') && section?.report !== report,
    read: () => {
      throw new UnreadableForm(`has what ${tool} prints, which Proofload does not read`, advice);
    },
  };
  return report;
}
