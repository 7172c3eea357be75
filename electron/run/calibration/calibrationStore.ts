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
    // There is none yet, or it is unreadable. A new calibration takes only half a minute.
    return [];
  }
}

/** The calibration of this machine in the data folder; undefined if there is none. */
export function readCalibration(folder: string, environment: Environment): Calibration | undefined {
  const machine = machineKey(environment);
  return readAll(folder).find((calibration) => calibration.machine === machine);
}

/** Saves a calibration in place of the machine's previous one. Throws `data-folder-unusable`. */
export function writeCalibration(folder: string, calibration: Calibration): void {
  const others = readAll(folder).filter(({ machine }) => machine !== calibration.machine);
  const file = { schema: 'proofload.calibrations/1', calibrations: [...others, calibration] };
  writeWhole(fileIn(folder), `${JSON.stringify(file, null, 2)}\n`, 'the calibration');
}
