import type { RunDocument } from '../../../shared/run/document';
import { decodeHdr } from '../../hdr/hdrCodec';
import type { SecondOfOperation } from '../../history/responseBlocks';
import { OutputTotals } from '../../outputs/outputTotals';
import { prometheusText } from '../../outputs/prometheus/prometheusText';

/**
 * Returns a run in the text format of Prometheus, as its endpoint served it at the end of the run. The parts of
 * requests are missing, because only their summaries are stored. Without `histograms`, the response time covers all
 * operations together.
 */
export function toPrometheus(document: RunDocument, histograms: readonly SecondOfOperation[]): string {
  const totals = new OutputTotals(document);
  for (const interval of document.intervals) totals.addInterval(interval);
  for (const { operation, histogram } of histograms) totals.addResponse(operation, histogram);
  const { http_req_duration: all, send_lateness: lateness } = document.histograms;
  if (histograms.length === 0) totals.addResponse('', decodeHdr(all).toSparse());
  totals.lateness.merge(decodeHdr(lateness));
  totals.end(document);
  return prometheusText(totals);
}
