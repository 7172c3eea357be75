/** A kind of work that a fault comes into. */
export interface Kind {
  name: string;
  /** The command for an engine. */
  args(engine: string): string[];
  /** What it prints when it is in the middle of its work. */
  stream: 'stdout' | 'stderr';
  ready: RegExp;
  /** The program of a process that is there then. */
  program: string;
  /** Whether it is a single run, with a document of its own. */
  isRun: boolean;
}

const run = (engine: string, ...times: string[]): string[] => ['run', 'level-2', '--engine', engine, ...times];

export const kinds: readonly Kind[] = [
  {
    name: 'run',
    args: (engine) => run(engine, '--warmup', '0s', '--duration', '2m'),
    stream: 'stderr',
    ready: /0:0[5-9] of 2:00/,
    program: 'load.js',
    isRun: true,
  },
  {
    name: 'warm-up of 3 minutes',
    args: (engine) => run(engine, '--warmup', '3m', '--duration', '30s'),
    stream: 'stderr',
    ready: /0:0[5-9] of 3:30/,
    program: 'load.js',
    isRun: true,
  },
  {
    name: 'capacity search',
    args: (engine) => ['capacity', '--engine', engine, '--warmup', '1s'],
    stream: 'stderr',
    ready: /req\/s answered, P95/,
    program: 'load.js',
    isRun: true,
  },
  {
    name: 'experiment',
    args: (engine) => {
      const variants = ['--variants', `memory,${engine}`, '--level', 'level-0', '--pairs', '2'];
      return ['experiment', ...variants, '--warmup', '0s', '--duration', '5s'];
    },
    stream: 'stderr',
    // The first run is in the history, the second goes on.
    ready: /2 of 4/,
    program: 'load.js',
    isRun: false,
  },
  {
    name: 'conformance suite',
    args: (engine) => ['conformance', '--engine', engine],
    stream: 'stdout',
    ready: /ok/,
    program: 'conformance.js',
    isRun: false,
  },
];
