import { nextLine, refused, type TextReport } from './textReport';

/*
 * Texts of known tools that are not read. They are recognised, so that none is taken for the text of another tool, and
 * the message says what to do instead.
 */

const other = 'Proofload reads none of its formats; run the test with a tool whose results it reads';

/** The text of go-wrk begins like that of wrk. */
const goWrk: TextReport = {
  ...refused(/^Running /, 'go-wrk', other),
  begins: (lines, index) => /^Running .+ test @ /.test(lines[index] ?? '') && /goroutine/.test(nextLine(lines, index)),
};

export const refusedReports: readonly TextReport[] = [
  goWrk,
  refused(
    // Artillery 2, and 1, whose periods begin with "Report @ 18:00:08(+0200)".
    /^(?:Test run id: \w+|Phase started: .+\(index: \d+, duration: |Metrics for period to: |Started phase \d+\b.*, duration: |(?:Summary r|Complete r|R)eport (?:for the previous \S+ )?@ \d)/,
    'Artillery',
    'run it with -o FILE and import that file',
  ),
  refused(
    /^\s*(Type\s+)?Name\s+# reqs\s+# fails\b/,
    'Locust',
    'run it with --csv NAME or --json and import what that writes',
  ),
  refused(/^(?:.*\s)?summary [=+]\s+\d+ in\s/, 'JMeter', 'run it with -l FILE and import that file'),
  refused(
    /^-{4} Global Information -{10,}/,
    'Gatling',
    'import simulation.log (before Gatling 3.12) or js/stats.json of its report',
  ),
  refused(/^Fortio \S+ running at |^# target 50% \d/, 'Fortio', 'run it with -json FILE and import that file'),
  refused(
    /^Nighthawk - A layer 7 protocol benchmarking tool/,
    'Nighthawk',
    'run it with --output-format json and import that output',
  ),
  refused(/^Benchmark (#\d+|\d+): /, 'hyperfine', 'run it with --export-json FILE and import that file'),
  refused(/^starting benchmark\.\.\.$/, 'h2load', other),
];
