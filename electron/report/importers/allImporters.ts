import { artilleryReports } from './artillery';
import { autocannon } from './autocannon';
import { bombardier } from './bombardier';
import { fortio } from './fortio';
import { gatlingBinaryLog, gatlingLog, gatlingStats } from './gatling';
import { ghz } from './ghz';
import { hey } from './hey';
import { hlog } from './hlog';
import { hyperfine } from './hyperfine';
import type { DocumentImporter, FileImporter } from './importer';
import { jmeter } from './jmeter';
import { jmeterStatistics, jmeterTable } from './jmeterTables';
import { jmeterXml } from './jmeterXml';
import { k6Summaries } from './k6';
import { k6Csv, k6Json } from './k6Samples';
import { locustJson } from './locust';
import { locustCsv } from './locustCsv';
import { locustHistory } from './locustHistory';
import { nighthawk } from './nighthawk';
import { ohaDatabase, ohaJson } from './oha';
import { refusedFiles } from './refusedFiles';
import { siege } from './siege';
import { textReports } from './text/textReports';
import { vegetaCsv, vegetaJson, vegetaReport } from './vegeta';
import { vegetaGob } from './vegetaGob';

/**
 * Tried in order; the first that accepts a file reads it. Text formats come last, because their beginnings are the
 * least distinctive.
 */
export const fileImporters: readonly FileImporter[] = [
  ohaDatabase,
  vegetaGob,
  gatlingBinaryLog,
  k6Json,
  vegetaJson,
  hlog,
  jmeterXml,
  gatlingLog,
  k6Csv,
  jmeter,
  jmeterTable,
  locustCsv,
  locustHistory,
  hey,
  vegetaCsv,
  ...refusedFiles,
  textReports,
];
/** Tried in order; the first that accepts a JSON document reads it. */
export const documentImporters: readonly DocumentImporter[] = [
  autocannon,
  ...artilleryReports,
  vegetaReport,
  ohaJson,
  nighthawk,
  hyperfine,
  fortio,
  bombardier,
  ghz,
  siege,
  gatlingStats,
  jmeterStatistics,
  locustJson,
  ...k6Summaries,
];
