import type { EngineBackend } from '../../shared/engines/backend';
import type { ProfileSummary } from '../../shared/profile/cpuProfile';
import type { Capacity } from '../../shared/run/capacity';
import type { DataUse } from '../../shared/run/dataUse';
import { type LogLine, maxLogLines, type RunDocument } from '../../shared/run/document';
import type { RunDescription } from '../../shared/run/events';
import type { NegotiatedProtocol } from '../../shared/run/negotiatedProtocol';
import type { SlowRequest } from '../../shared/run/slowRequest';
import { type Integrity, judge, type Verdict } from '../../shared/run/verdict';
import { encodeHdr } from '../hdr/hdrCodec';
import type { CheckExample } from '../load/protocol';
import { attribute } from '../measure/attribute';
import type { Measurement } from '../measure/measurement';
import type { Judgement } from '../measure/trust/checkTrust';

/** An end other than the planned one. */
export interface RunEnding {
  /** `failed`: a threshold that was proven to fail ended the run. */
  verdict: Extract<Verdict, 'failed' | 'aborted' | 'interrupted'>;
  reason: string;
}

export interface DocumentParts {
  description: RunDescription;
  endedAt: Date;
  measurement: Measurement;
  measuredMs: number;
  integrity: Integrity;
  ending: RunEnding | undefined;
  /** For a capacity search. The measurement is then that of its confirmation. */
  capacity?: Capacity | undefined;
  /** What is behind the built-in service. */
  backend?: EngineBackend | undefined;
  profile?: ProfileSummary | undefined;
  log?: readonly LogLine[];
  /** What the responses had instead of what checks asked for, without secrets. */
  checkExamples?: readonly CheckExample[];
  /** How the rows of data files were used. */
  dataFiles?: readonly DataUse[];
  /** The protocols that were negotiated with servers. */
  protocols?: readonly NegotiatedProtocol[] | undefined;
  /** The slowest requests of the last load. */
  slowest?: readonly SlowRequest[] | undefined;
}

/** The results of the checks of journeys, with their examples. Empty for a run without checks. */
function checksOf({ totals }: Measurement, examples: readonly CheckExample[]): Pick<RunDocument, 'checks'> {
  const results = totals.journeys.results();
  if (results.length === 0) return {};
  return {
    checks: results.map((result) => {
      const example = examples.find(({ operation, check }) => operation === result.operation && check === result.check);
      return example ? { ...result, example: example.message } : result;
    }),
  };
}

function verdictOf(
  { ending, integrity, capacity, measurement }: DocumentParts,
  { thresholds, trust }: Judgement,
): Verdict {
  if (ending && ending.verdict !== 'failed') return ending.verdict;
  const { completed, failed } = measurement.totals;
  const verdict = judge(thresholds, trust, integrity, completed - failed);
  if (capacity) return verdict === 'failed' ? verdict : capacityVerdict(capacity, verdict);
  // A threshold that was proven to fail when it ended the run may hold again at the last response. The run was still
  // cut short.
  return ending && verdict === 'passed' ? 'failed' : verdict;
}

/** A confirmed rate holds, even if the generator could not make more. Without one, the generator may be the cause. */
function capacityVerdict({ rate, limitedBy }: Capacity, confirmation: Verdict): Verdict {
  if (rate !== null) return confirmation;
  return limitedBy === 'generator' ? 'inconclusive' : 'failed';
}

/** Judges a run and builds its document. Everything in the document comes from merged histograms and counts. */
export function assembleDocument(parts: DocumentParts): RunDocument {
  const {
    description,
    endedAt,
    measurement,
    measuredMs,
    integrity,
    ending,
    capacity,
    backend,
    profile,
    log = [],
    checkExamples = [],
    dataFiles = [],
    protocols = [],
    slowest = [],
  } = parts;
  const { totals } = measurement;
  totals.endAt(measuredMs);
  const judgement = measurement.judge(measuredMs, integrity);
  const attribution = attribute(totals, description);
  const { id, startedAt, scenario, target, environment, calibration, driver, shortened, overridden, gate } =
    description;
  return {
    schema: 'proofload.run/1',
    id,
    startedAt,
    endedAt: endedAt.toISOString(),
    verdict: verdictOf(parts, judgement),
    ...(ending ? { reason: ending.reason } : {}),
    shortened,
    overridden,
    scenario,
    target,
    ...(backend ? { backend } : {}),
    environment,
    ...(calibration ? { calibration } : {}),
    ...(driver ? { driver } : {}),
    ...(gate ? { gate } : {}),
    metrics: totals.metrics(measuredMs),
    ...judgement,
    integrity,
    ...checksOf(measurement, checkExamples),
    ...(dataFiles.length > 0 ? { dataFiles: [...dataFiles] } : {}),
    ...(protocols.length > 0 ? { protocols: [...protocols] } : {}),
    ...(capacity ? { capacity } : {}),
    ...(attribution ? { attribution } : {}),
    ...(profile ? { profile } : {}),
    log: log.slice(-maxLogLines),
    // In a capacity search, the last load need not be the one that the document is about.
    slowest: capacity ? [] : [...slowest],
    intervals: totals.intervals,
    histograms: {
      http_req_duration: encodeHdr(totals.response),
      http_req_service: encodeHdr(totals.service),
      send_lateness: encodeHdr(totals.lateness),
    },
  };
}
