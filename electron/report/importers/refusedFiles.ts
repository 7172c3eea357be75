import { type FileImporter, UnreadableForm } from './importer';
import { headerOf } from './readRows';

/*
 * Formats of known tools that are not read. They are recognised, so that none is taken for another format, and the
 * message names what to import instead.
 */

function refusedFile(accepts: FileImporter['accepts'], message: string, advice: string): FileImporter {
  return {
    accepts,
    read: () => Promise.reject(new UnreadableForm(message, advice)),
  };
}

/** Refuses files of rows whose header starts with these columns. */
function refusedRows(columns: readonly string[], message: string, advice: string): FileImporter {
  return refusedFile(
    (head) => {
      const { names } = headerOf(head);
      return columns.every((name, index) => names[index] === name);
    },
    message,
    advice,
  );
}

/** Pages of tools by their titles, and what to import instead. */
const pages: readonly (readonly [title: RegExp, tool: string, advice: string])[] = [
  [/Apache JMeter Dashboard/, 'JMeter', 'import the statistics.json beside it, or the result log (-l FILE)'],
  [/^Gatling Stats/, 'Gatling', 'import js/stats.json beside it'],
  [/^(?:Locust\b|Test Report for )/, 'Locust', 'run it with --csv NAME or --json and import what that writes'],
  [/\bArtillery\b/i, 'Artillery', 'import the JSON file that it was made from (run -o FILE)'],
  [/^k6\b/i, 'k6', 'run it with --summary-export FILE or --out json=FILE and import that file'],
  [/^Vegeta\b/, 'Vegeta', 'import vegeta report -type=json, or vegeta encode'],
  [/^ghz\b/, 'ghz', 'run it with -O json and import that file'],
  [/· Proofload$/, 'Proofload', 'import the run document (export it as JSON)'],
];

/** Returns the title of a page; undefined for a file that is not a page. */
function titleOf(head: string): string | undefined {
  if (!/^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html)\b/i.test(head)) return undefined;
  return /<title[^>]*>\s*([^<]*?)\s*<\/title>/i.exec(head)?.[1] ?? '';
}

const refusedPages = pages.map(([title, tool, advice]) =>
  refusedFile((head) => title.test(titleOf(head) ?? ''), `is an HTML page of ${tool}`, advice),
);

export const refusedFiles: readonly FileImporter[] = [
  ...refusedPages,
  refusedFile(
    (head) => /^\{\n {2}(?:title|url): [\s\S]{0,4000}\bpipelining: \d/m.test(head),
    'has a result of autocannon as Node.js prints objects',
    'write it with JSON.stringify, or run autocannon with --json',
  ),
  refusedFile(
    (head) => /^\{"latency":[\d.]+,"timestamp":\d+,"thread":\d+,/.test(head),
    'is the access log of Fortio',
    'run it with -json FILE and import that file',
  ),
  refusedFile(
    (_head, [first, second]) => (first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b),
    'is compressed',
    'unpack it, and import what is in it',
  ),
  refusedFile(
    (head) => head.slice(0, 40).includes('\u0003\u0001\u0001\u0006Result\u0001'),
    'has results of Vegeta that a shell has changed, as redirection in PowerShell does',
    'run vegeta attack with -output FILE',
  ),
  refusedFile(
    (head) =>
      // In YAML, in lines such as `global.benchmark_http_client.request_to_response.mean: 2000`, or for Prometheus.
      /^(?:options:\n[\s\S]*\bstatistics:|(?:global|worker_0)\.\S+\.(?:samples|mean): |# TYPE nighthawk_)/m.test(head),
    'is a result of Nighthawk in another format than JSON',
    'run it with --output-format json, or convert it with nighthawk_output_transform',
  ),
  refusedFile(
    (head) => {
      const { names } = headerOf(head);
      const isLog = ['responseCode', 'success'].every((name) => names.includes(name));
      return isLog && (names.includes('timeStamp') || names.includes('threadName')) && !names.includes('elapsed');
    },
    'is a log of JMeter without elapsed times',
    'run JMeter with -Jjmeter.save.saveservice.time=true',
  ),
  refusedFile(
    (head) => /^\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d[,.]?\d* +INFO +-? ?(?:o\.a\.j|jmeter)\./.test(head),
    'is the log that JMeter keeps about itself',
    'run it with -l FILE and import that file',
  ),
  refusedFile(
    (head) => /^var stats = \{/.test(head),
    'is the script of a report of Gatling',
    'import the stats.json beside it',
  ),
  refusedFile(
    (head) => /^Bucket +# +% +Histogram/.test(head),
    'is a histogram of Vegeta, whose buckets were chosen',
    'import vegeta report -type=json, or vegeta encode',
  ),
  refusedRows(
    ['Method', 'Name', 'Error', 'Occurrences'],
    'has the failures of Locust and no latencies',
    'import the _stats.csv beside it',
  ),
  refusedRows(
    ['Count', 'Message', 'Traceback', 'Nodes'],
    'has the exceptions of Locust and no latencies',
    'import the _stats.csv beside it',
  ),
  refusedRows(
    ['Name', '# requests', '50%'],
    'has the percentiles of Locust and no counts of failures',
    'import the _requests.csv beside it',
  ),
  refusedRows(
    ['command', 'mean', 'stddev'],
    'is the table of hyperfine, without its single runs',
    'run it with --export-json FILE and import that file',
  ),
  refusedRows(
    ['starttime', 'seconds', 'ctime'],
    'is the gnuplot file of ab, which leaves out failures',
    'import what ab prints',
  ),
  refusedRows(['Percentage served', 'Time in ms'], 'has the percentiles of ab alone', 'import what ab prints'),
  refusedRows(
    ['request-start', 'DNS', 'DNS+dialup'],
    'is the CSV of oha, which leaves out failures',
    'run it with --output-format json, or --db-url FILE',
  ),
  refusedRows(['duration (ms)', 'status', 'error'], 'is the CSV of ghz, without times', 'run it with -O json'),
  refusedRows(
    ['Date & Time', 'Trans', 'Elap Time'],
    'is the log of siege, which rounds more than its text',
    'import what siege prints',
  ),
];
