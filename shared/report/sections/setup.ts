import { describeLatency, latencyOfDriven } from '../../interchange/latencyDefinition';
import type { Calibration } from '../../run/calibration';
import type { RunDocument } from '../../run/document';
import { placeNames, toolNames } from '../../run/driver';
import { describeProtocol } from '../../run/negotiatedProtocol';
import { targetLabel } from '../../run/target';
import { describeDuration, describeLoad, describeMarks } from '../../scenario/describe';
import { describeTls, tlsOf } from '../../scenario/tlsOptions';
import { formatLatency, formatRate } from '../../units/format';
import { type Fact, type Section, sectionOf } from '../blocks';

/** Describes the capability of this machine's load generator in two sentences. */
export function describeGenerator({ highestRate, floorP50 }: Calibration): string {
  return `This machine sends up to ${formatRate(highestRate)} on time. The generator adds ${formatLatency(floorP50)} to each response time.`;
}

/** Describes a generator without a calibration. */
export const notCalibrated =
  'Not calibrated: how much this machine can send, and how much the generator adds to each response time, is unknown.';

/** States that a run was started although its level was locked, and why it was locked; undefined for other runs. */
export function lockedText(gate: RunDocument['gate']): string | undefined {
  return gate?.open === false ? `the level was locked: ${gate.reason}` : undefined;
}

/** Identifies the run: its id, what it did to which target, and when. */
export function runSection(document: RunDocument): Section<'run'>[] {
  const { id, startedAt, endedAt, scenario, target, backend, gate, protocols = [] } = document;
  const locked = lockedText(gate);
  const tls = target.kind === 'url' ? tlsOf(scenario, target) : undefined;
  const tlsText = tls ? describeTls(tls) : '';
  const facts: Fact[] = [
    { label: 'Run', value: `${id}${describeMarks(document)}` },
    { label: 'Time', value: `${startedAt} to ${endedAt}` },
    {
      label: 'Scenario',
      value: `${scenario.name} (${scenario.id}): ${describeLoad(scenario.load, scenario)}, ${describeDuration(scenario.load)}, seed ${scenario.seed}`,
    },
    { label: 'Target', value: `${targetLabel(target, backend)}${backend ? ` (${backend.name})` : ''}` },
    ...(protocols.length === 0 ? [] : [{ label: 'Protocol', value: protocols.map(describeProtocol).join(', ') }]),
    ...(tlsText === '' ? [] : [{ label: 'TLS', value: tlsText }]),
    ...(locked === undefined ? [] : [{ label: 'Gate', value: locked }]),
  ];
  return sectionOf('run', 'Run', [{ kind: 'facts', facts }]);
}

function generatorText(calibration: RunDocument['calibration'], driver: RunDocument['driver']): string {
  if (driver) {
    const place = driver.on === undefined ? '' : ` in ${placeNames[driver.on]}`;
    const container = driver.image === undefined ? '' : ` in Docker, from ${driver.image}`;
    return `${toolNames[driver.tool]} ${driver.version}${place}${container}`;
  }
  return calibration ? describeGenerator(calibration) : notCalibrated;
}

/** The machine and the software of a run, its generator, and the definition of latency. */
export function setupSection({ environment, calibration, driver }: RunDocument): Section<'setup'>[] {
  const { cpu, cores, memoryMb, platform, osRelease, power, proofload, runtime, sqlite, sqliteBuild } = environment;
  const facts: Fact[] = [
    {
      label: 'Machine',
      value: `${cpu}, ${cores} cores, ${memoryMb} MB, ${platform} ${osRelease}, power: ${power}`,
    },
    { label: 'Software', value: `Proofload ${proofload}, ${runtime}, SQLite ${sqlite} (${sqliteBuild})` },
    { label: 'Generator', value: generatorText(calibration, driver) },
    { label: 'Latency', value: describeLatency(latencyOfDriven({ driver })) },
  ];
  return sectionOf('setup', 'How it was measured', [{ kind: 'facts', facts }]);
}

/** The log of the run. */
export function logSection({ log }: Pick<RunDocument, 'log'>): Section<'log'>[] {
  const facts = log.map(({ level, message }) => ({ label: level, value: message }));
  return sectionOf('log', 'Log', [{ kind: 'facts', facts }]);
}
