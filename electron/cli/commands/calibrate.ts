import { Command } from 'commander';
import { describeGenerator } from '../../../shared/report/sections/setup';
import { formatLatency, formatRate } from '../../../shared/units/format';
import { dataFolder } from '../../app/dataFolder';
import { print, printJson, printToStderr } from '../../system/terminal';
import { type Program, withServices } from './withServices';

interface CalibrateOptions {
  dataDir?: string;
  json?: true;
}

export function calibrateCommand(program: Program): Command {
  return new Command('calibrate')
    .description("measure the limits of this machine's load generator, in about half a minute")
    .option('--data-dir <dir>', 'data folder, where the calibration is saved')
    .option('--json', 'print the calibration as JSON')
    .action(async ({ dataDir, json }: CalibrateOptions) => {
      const onStep = (message: string): void => printToStderr(`measuring ${message}\n`);
      const options = { secret: [], allowHost: [], ...(dataDir === undefined ? {} : { dataDir }) };
      const calibration = await withServices(program, options, (services, signal) =>
        services.calibrate(onStep, signal),
      );
      if (json) {
        printJson(calibration);
        return;
      }
      const { floorP50, floorP99, pacingRate, pacingP50, pacingP99, highestRate } = calibration;
      print(
        `${describeGenerator(calibration)}\n` +
          `overhead      P50 ${formatLatency(floorP50)}  P99 ${formatLatency(floorP99)} added to each response time\n` +
          `pacing        P50 ${formatLatency(pacingP50)}  P99 ${formatLatency(pacingP99)} late at ${formatRate(pacingRate)}\n` +
          `highest rate  ${formatRate(highestRate)} sent on time by one load process\n` +
          `saved in ${dataFolder(dataDir)}; runs beyond that rate are marked\n`,
      );
    });
}
