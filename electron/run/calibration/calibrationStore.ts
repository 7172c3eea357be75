import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Calibration, calibrationSchema, machineKey } from '../../../shared/run/calibration';
import type { Environment } from '../../../shared/run/document';
import { writeWhole } from '../../system/writeWhole';

const fileSchema = z.object({
  schema: z.literal('proofload.calibrations/1'),
  calibrations: z.array(calibrationSchema),
});

function fileIn(folder: string): string {
  return join(folder, 'calibrations.json');
}

function readAll(folder: string): Calibration[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).calibrations;
  } catch {
    // None yet, or unreadable: a calibration takes half a minute.
    return [];
  }
}

/** The calibration of this machine that the data folder holds; undefined when there is none. */
export function readCalibration(folder: string, environment: Environment): Calibration | undefined {
  const machine = machineKey(environment);
  return readAll(folder).find((calibration) => calibration.machine === machine);
}

/** Keeps a calibration in place of the machine's last. Throws `data-folder-unusable`. */
export function writeCalibration(folder: string, calibration: Calibration): void {
  const others = readAll(folder).filter(({ machine }) => machine !== calibration.machine);
  const file = { schema: 'proofload.calibrations/1', calibrations: [...others, calibration] };
  writeWhole(fileIn(folder), `${JSON.stringify(file, null, 2)}\n`, 'the calibration');
}
