/*
 * Runs that were saved before: their old verdict, the one that they would have now, and why. A saved run has its
 * seconds' figures and the distributions of the whole; one of a history has the response times of each second too.
 */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { decodeHdr } from '../../electron/hdr/hdrCodec';
import { openHistory } from '../../electron/history/openHistory';
import { metricSource } from '../../electron/run/metricSource';
import { RunTotals } from '../../electron/run/runTotals';
import { judgeMeasurement } from '../../electron/run/trust/checkTrust';
import { type RunDocument, runDocumentSchema } from '../../shared/run/document';
import { isPhaseMetric } from './isPhaseMetric';
