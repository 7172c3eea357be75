import { Command } from 'commander';
import { describeGenerator } from '../../../shared/report/sections/setup';
import { formatLatency, formatRate } from '../../../shared/units/format';
import { calibrate } from '../../run/calibration/calibrate';
import { writeCalibration } from '../../run/calibration/calibrationStore';
import { childProcessHost } from '../../run/childProcessHost';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { readEnvironment } from '../../run/environment';
import { sweepWork } from '../../run/ownedWork';
import { print, printJson, printToStderr } from '../../system/terminal';
import { stoppable } from '../stoppable';

interface CalibrateOptions {
  dataDir?: string;
  json?: true;
}

/** `workerFolder` holds the built worker processes. */
export function calibrateCommand(appVersion: string, workerFolder: string): Command {
  return new Command('calibrate')
    .description("measure what this machine's load generator can do, in about half a minute")
    .option('--data-dir <dir>', 'where the calibration is kept')
    .option('--json', 'print the calibration as JSON')
    .action(async ({ dataDir, json }: CalibrateOptions) => {
      const folder = dataFolder(dataDir);
      sweepWork(workFolder(folder));
      const calibration = await stoppable((signal) =>
        calibrate({
          workers: childProcessHost(workerFolder),
          environment: readEnvironment(appVersion),
          now: () => new Date(),
          onStep: (message) => printToStderr(`measuring ${message}\n`),
          signal,
        }),
      );
      writeCalibration(folder, calibration);
      if (json) {
        printJson(calibration);
        return;
      }
      const { floorP50, floorP99, pacingRate, pacingP50, pacingP99, highestRate } = calibration;
      print(
        `${describeGenerator(calibration)}\n` +
          `floor         P50 ${formatLatency(floorP50)}  P99 ${formatLatency(floorP99)} added to each response time\n` +
          `pacing        P50 ${formatLatency(pacingP50)}  P99 ${formatLatency(pacingP99)} late at ${formatRate(pacingRate)}\n` +
          `highest rate  ${formatRate(highestRate)} sent on time by one load process\n` +
          `kept in ${folder}; runs beyond that rate are marked\n`,
      );
    });
}
