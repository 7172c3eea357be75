import { plainLoadSchema } from './schema';

type Executor =
  | 'constant-arrival-rate'
  | 'ramping-arrival-rate'
  | 'constant-vus'
  | 'ramping-vus'
  | 'per-vu-iterations'
  | 'shared-iterations'
  | 'capacity-search';

/** An option of an executor, as a form field. */
export interface ExecutorField {
  name: string;
  label: string;
  type: 'number' | 'duration' | 'choice';
  choices?: readonly string[];
  /** The value in a new load. */
  initial: number | string;
}

/** The texts and fields with which a form presents an executor. */
export interface ExecutorDescription {
  name: string;
  does: string;
  fields: readonly ExecutorField[];
  hasStages: boolean;
}

const duration: ExecutorField = { name: 'duration', label: 'Duration', type: 'duration', initial: '1m' };
const maxDuration: ExecutorField = { name: 'maxDuration', label: 'Maximum duration', type: 'duration', initial: '10m' };
const vus: ExecutorField = { name: 'vus', label: 'Virtual users', type: 'number', initial: 10 };
const iterations: ExecutorField = { name: 'iterations', label: 'Iterations', type: 'number', initial: 100 };
const gracefulStop: ExecutorField = {
  name: 'gracefulStop',
  label: 'Graceful stop',
  type: 'duration',
  initial: '30s',
};
const open: readonly ExecutorField[] = [
  { name: 'timeUnit', label: 'Rate per', type: 'duration', initial: '1s' },
  { name: 'arrivals', label: 'Arrivals', type: 'choice', choices: ['even', 'poisson'], initial: 'even' },
  { name: 'maxVUs', label: 'Maximum virtual users', type: 'number', initial: 2_000 },
  gracefulStop,
];

/** All executors of a scenario, by their k6 names, with their form fields. */
export const executors: Record<Executor, ExecutorDescription> = {
  'constant-arrival-rate': {
    name: 'Constant arrival rate',
    does: 'requests at a constant rate, independent of the responses',
    fields: [{ name: 'rate', label: 'Rate', type: 'number', initial: 100 }, duration, ...open],
    hasStages: false,
  },
  'ramping-arrival-rate': {
    name: 'Ramping arrival rate',
    does: 'a rate that goes from stage to stage',
    fields: [{ name: 'startRate', label: 'Rate at the start', type: 'number', initial: 10 }, ...open],
    hasStages: true,
  },
  'constant-vus': {
    name: 'Constant virtual users',
    does: 'users who each wait for their response',
    fields: [vus, duration, gracefulStop],
    hasStages: false,
  },
  'ramping-vus': {
    name: 'Ramping virtual users',
    does: 'a number of users that goes from stage to stage',
    fields: [{ name: 'startVUs', label: 'Users at the start', type: 'number', initial: 1 }, gracefulStop],
    hasStages: true,
  },
  'per-vu-iterations': {
    name: 'Per-VU iterations',
    does: 'each user makes a fixed number of iterations',
    fields: [vus, iterations, maxDuration, gracefulStop],
    hasStages: false,
  },
  'shared-iterations': {
    name: 'Shared iterations',
    does: 'users share a fixed number of iterations',
    fields: [vus, iterations, maxDuration, gracefulStop],
    hasStages: false,
  },
  'capacity-search': {
    name: 'Capacity search',
    does: 'finds the highest rate at which all thresholds pass',
    fields: [
      { name: 'stepDuration', label: 'Step duration', type: 'duration', initial: '4s' },
      { name: 'confirmDuration', label: 'Confirmation duration', type: 'duration', initial: '20s' },
      { ...maxDuration, initial: '3m' },
    ],
    hasStages: false,
  },
};

/** The executors that several scenarios in one run can have. */
export const plainExecutorNames: readonly string[] = plainLoadSchema.options.map(({ shape }) => shape.executor.value);
export const executorNames: readonly string[] = [...plainExecutorNames, 'capacity-search'];

const firstStages = [
  { duration: '30s', target: 50 },
  { duration: '1m', target: 50 },
  { duration: '10s', target: 0 },
];

/** Returns a load for another executor. Options with the same name keep their values. */
export function loadOf(executor: string, before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const description = Object.entries(executors).find(([name]) => name === executor)?.[1];
  if (!description) return { ...before };
  const { fields, hasStages } = description;
  return {
    executor,
    ...Object.fromEntries(fields.map(({ name, initial }) => [name, before[name] ?? initial])),
    ...(hasStages ? { stages: before.stages ?? firstStages } : {}),
  };
}
