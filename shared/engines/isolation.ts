import type { EngineConfig } from './config';

/**
 * Anomalies between concurrent operations (Berenson et al., A Critique of ANSI SQL Isolation Levels, 1995; fractured
 * reads: Bailis et al., RAMP Transactions, 2014).
 */
export const anomalies = ['dirty-read', 'fractured-read', 'lost-update', 'write-skew'] as const;
export type Anomaly = (typeof anomalies)[number];

/** Returns the anomalies that an engine may show with its settings. All others must never occur. */
export function allowedAnomalies(config: EngineConfig): readonly Anomaly[] {
  switch (config.engine) {
    case 'sqlite-json':
    case 'sqlite':
    case 'memory':
    case 'hybrid':
      return [];
    case 'postgres':
      return config.options.isolation === 'serializable' ? [] : ['write-skew'];
    case 'mongodb':
      // A query reads without a snapshot, and a batch is a snapshot transaction.
      return ['fractured-read', 'write-skew'];
  }
}
